"""synonyms.toml: groups of words that mean the same to somebody who searches."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from library.loader.problems import ContentError, Problem
from library.loader.toml_file import TomlFile, read_toml_file
from library.models import SearchSynonym

NAME = "synonyms.toml"
Rows = dict[str, dict[str, Any]]


def read_synonyms(root: Path, problems: list[Problem]) -> Rows:
    """Key → fields of each group. A folder without the file has no synonyms."""
    if not (root / NAME).exists():
        return {}
    try:
        file = read_toml_file(root, NAME)
    except ContentError as error:
        problems += error.problems
        return {}
    rows: Rows = {}
    for number, given in enumerate(_listed(file), start=1):
        key = given.get("key") if isinstance(given, dict) else None
        if not isinstance(key, str) or not key:
            problems.append(Problem(NAME, 0, f"group {number}: begin with [[synonym]] and a “key”"))
        elif key in rows:
            problems.append(file.problem(key, "this key stands twice"))
        else:
            problems += _group_problems(file, key, given)
            rows[key] = {"words": "\n".join(map(str, given.get("words", [])))}
    return rows


def _listed(file: TomlFile) -> list[Any]:
    listed = file.table.get("synonym", [])
    return listed if isinstance(listed, list) else [None]


def _group_problems(file: TomlFile, key: str, given: dict[str, Any]) -> Iterator[Problem]:
    words = given.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        yield file.problem(key, "“words” must be a list of texts")
    elif given.keys() - {"key", "words"}:
        yield file.problem(key, "only “key” and “words” belong here")
    else:
        try:
            SearchSynonym(key=key, words="\n".join(words)).clean_fields()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield file.problem(key, f"{name}: {' '.join(messages)}")

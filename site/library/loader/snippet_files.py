"""sources.toml, glossary.toml and figures.toml: read, and every entry checked."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from library.figures import Figure
from library.loader.problems import ContentError, Problem
from library.loader.toml_file import TomlFile, read_toml_file
from library.models import GlossaryTerm, Source

Rows = dict[str, dict[str, Any]]
_FIGURE_FIELDS = {"title": str, "description": str, "width": int, "height": int}


def read_sources(root: Path, problems: list[Problem]) -> Rows:
    """Key → fields of each source. What is wrong is added to ``problems``."""
    file = _read(root, "sources.toml", problems)
    rows = {key: fields for key, fields in file.table.items() if isinstance(fields, dict)}
    problems += [
        file.problem(key, "must be a table, as in [“KEY”]")
        for key in file.table.keys() - rows.keys()
    ]
    for key, fields in rows.items():
        problems += _model_problems(file, key, Source, fields)
    return rows


def read_terms(root: Path, problems: list[Problem]) -> Rows:
    """Key → fields of each glossary term; ``page`` is still the slug of a page."""
    file = _read(root, "glossary.toml", problems)
    listed = file.table.get("term", [])
    if not isinstance(listed, list) or not all(isinstance(term, dict) for term in listed):
        problems.append(Problem(file.name, 0, "each term begins with a line [[term]]"))
        return {}
    rows: Rows = {}
    for number, term in enumerate(listed, start=1):
        key = term.get("key")
        if not isinstance(key, str) or not key:
            problems.append(Problem(file.name, 0, f"term {number}: “key” is missing"))
            continue
        rows[key] = {name: value for name, value in term.items() if name != "key"}
        problems += _term_problems(file, key, rows[key])
    counted = Counter(term["key"] for term in listed if term.get("key") in rows)
    problems += [file.problem(k, "this key stands twice") for k, n in counted.items() if n > 1]
    return rows


def missing_pages(root: Path, terms: Rows, slugs: Mapping[str, Any]) -> Iterator[Problem]:
    """Terms that lead on to a page that is not there."""
    named = {key: row["page"] for key, row in terms.items() if row.get("page")}
    wrong = {key: slug for key, slug in named.items() if slug not in slugs}
    if wrong:
        file = read_toml_file(root, "glossary.toml")
        for key, slug in wrong.items():
            yield file.problem(key, f"there is no page “{slug}”")


def read_figures(root: Path, language: str, problems: list[Problem]) -> dict[str, Figure]:
    """Name → drawing. A folder without figures has no figures.toml."""
    name = f"{language}/figures.toml"
    if not (root / name).exists():
        return {}
    file = _read(root, name, problems)
    found = {}
    for key, fields in file.table.items():
        given = fields if isinstance(fields, dict) else {}
        wrong = [n for n, kind in _FIGURE_FIELDS.items() if not isinstance(given.get(n), kind)]
        wrong += [n for n in given if n not in _FIGURE_FIELDS]
        if wrong:
            problems.append(
                file.problem(key, f"missing, unknown or of the wrong kind: {', '.join(wrong)}")
            )
        else:
            found[key] = Figure(name=key, **given)
    return found


def term_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the model from those of the file, the page left out."""
    plain = {name: value for name, value in row.items() if name != "page"}
    return {**plain, "also": "\n".join(row.get("also", []))}


def _read(root: Path, name: str, problems: list[Problem]) -> TomlFile:
    try:
        return read_toml_file(root, name)
    except ContentError as error:
        problems += error.problems
        return TomlFile(name, "", {})


def _term_problems(file: TomlFile, key: str, row: dict[str, Any]) -> Iterator[Problem]:
    also = row.get("also", [])
    if not isinstance(also, list) or not all(isinstance(name, str) for name in also):
        yield file.problem(key, "“also” must be a list of texts")
        row["also"] = []
    yield from _model_problems(file, key, GlossaryTerm, term_fields(row))


def _model_problems(
    file: TomlFile, key: str, model: type[models.Model], fields: Mapping[str, Any]
) -> Iterator[Problem]:
    """What the model itself would refuse, so that files and admin hold the same line."""
    known = {field.attname for field in model._meta.concrete_fields} - {"id", "key"}
    unknown = [name for name in fields if name not in known]
    for name in unknown:
        yield file.problem(key, f"“{name}” is not a field; use {', '.join(sorted(known))}")
    try:
        model(key=key, **{n: v for n, v in fields.items() if n in known}).clean_fields()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield file.problem(key, f"{name}: {' '.join(messages)}")

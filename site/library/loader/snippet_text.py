"""The TOML files of snippets from the database. Comments and the order of entries stay.

A file is a list of entries with comments between them. Entries that still say the same are left
alone letter by letter; changed ones are written anew in their place, new ones at the end.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from library.lines import split_lines
from library.loader.body_text import Names
from library.loader.toml_text import toml_lines, toml_value
from library.models import GlossaryTerm, SearchSynonym, Source

_SOURCE_FIELDS = (
    "kind", "title", "authors", "body", "year", "doi", "url", "checked", "says", "confidence",
    "status", "withdrawn_on",
)  # fmt: skip
_ENTRY = re.compile(r"^\[.*?(?=^(?:\[|#)|\Z)", re.MULTILINE | re.DOTALL)


def sources_text(base: Path) -> str:
    """The sources of the database in the form of ``base``'s file."""
    entries = {source.key: _source_entry(source) for source in Source.objects.all()}
    return _merged(base / "sources.toml", entries, _source_of)


def glossary_text(base: Path, names: Names) -> str:
    """The glossary of the database in the form of ``base``'s file."""
    entries = {term.key: _term_entry(term, names) for term in GlossaryTerm.objects.all()}
    return _merged(base / "glossary.toml", entries, _term_of)


def synonyms_text(base: Path) -> str:
    """The search synonyms of the database in the form of ``base``'s file."""
    entries = {group.key: _synonym_entry(group) for group in SearchSynonym.objects.all()}
    return _merged(base / "synonyms.toml", entries, _synonym_of)


def _merged(path: Path, entries: Mapping[str, str], read: Any) -> str:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    there: set[str] = set()

    def renewed(match: re.Match[str]) -> str:
        key, fields = read(match[0])
        there.add(key)
        entry = entries.get(key)
        if entry is None:
            return ""
        return match[0] if read(entry) == (key, fields) else entry + "\n\n"

    merged = _ENTRY.sub(renewed, text).rstrip("\n")
    added = (entry for key, entry in entries.items() if key not in there)
    return "\n\n".join(filter(None, (merged, *added))) + "\n"


def _source_of(entry: str) -> tuple[str, dict[str, Any]]:
    [(key, fields)] = tomllib.loads(entry).items()
    return key, fields


def _term_of(entry: str) -> tuple[str, dict[str, Any]]:
    [fields] = tomllib.loads(entry)["term"]
    return fields["key"], fields


def _synonym_of(entry: str) -> tuple[str, dict[str, Any]]:
    [fields] = tomllib.loads(entry)["synonym"]
    return fields["key"], fields


def _synonym_entry(synonym: SearchSynonym) -> str:
    fields = {"key": synonym.key, "words": synonym.group}
    return "\n".join(("[[synonym]]", *toml_lines(fields)))


def _source_entry(source: Source) -> str:
    given = {name: value for name in _SOURCE_FIELDS if (value := getattr(source, name))}
    if given["status"] == Source.Status.IN_USE:
        del given["status"]
    return "\n".join((f"[{toml_value(source.key)}]", *toml_lines(given)))


def _term_entry(term: GlossaryTerm, names: Names) -> str:
    return "\n".join(("[[term]]", *toml_lines(dict(_term_fields(term, names)))))


def _term_fields(term: GlossaryTerm, names: Names) -> Iterator[tuple[str, Any]]:
    yield "key", term.key
    yield "term", term.term
    if also := split_lines(term.also):
        yield "also", also
    yield "definition", term.definition
    if slug := names.pages.get(term.page_id or 0):
        yield "page", slug

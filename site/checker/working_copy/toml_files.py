"""Writes a checker's files in one fixed form, so that the same rules give the same bytes."""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from checker.working_copy.notes import Note, comment, section_line

_BARE = re.compile(r"[A-Za-z0-9_-]+")

Block = tuple[str, Mapping[str, Any], Note]
"""One table: its heading line, its entries, and what stands above it."""


def write_file(
    about: str, blocks: Iterable[Block], entries: Mapping[str, Any] | None = None
) -> str:
    """A whole file: introduction, entries of the file itself, tables."""
    parts = []
    if about:
        parts.append("\n".join(comment(about)))
    if entries:
        parts.append(_entries(entries))
    for heading, table, note in blocks:
        if note.section:
            parts.append(section_line(note.section))
        above = "".join(f"{line}\n" for line in comment(note.note))
        parts.append(f"{above}{heading}\n{_entries(table)}")
    return "\n\n".join(parts) + "\n"


def _entries(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return str(value)


def _number(value: Decimal) -> str:
    """Without needless zeros, but always readable as a fraction: 1 becomes 1.0."""
    plain = format(value.normalize(), "f")
    return plain if "." in plain else f"{plain}.0"


def _text(value: str) -> str:
    """A basic string. TOML escapes as JSON does, and one more character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)

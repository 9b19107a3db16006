"""Reads a TOML file of the content folder, and says on which line something stands."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.loader.problems import ContentError, Problem

_AT = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class TomlFile:
    """``table`` is what the file holds."""

    name: str
    text: str
    table: dict[str, Any]

    def line_of(self, key: str) -> int:
        """The line that opens the table ``key``, or that says ``key = "…"``; 0 if none does."""
        quoted = re.escape(key)
        pattern = rf'^(?:\["?{quoted}"?\]|key = "{quoted}")\s*(?:#.*)?$'
        found = re.search(pattern, self.text, re.MULTILINE)
        return self.text.count("\n", 0, found.start()) + 1 if found else 0

    def problem(self, key: str, reason: str) -> Problem:
        return Problem(self.name, self.line_of(key), f"{key}: {reason}")


def read_toml_file(root: Path, name: str) -> TomlFile:
    """Raises ContentError for a file that is missing or is not TOML."""
    try:
        text = (root / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ContentError([Problem(name, 0, "this file is missing")]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise ContentError([Problem(name, 0, "not readable as UTF-8 text")]) from error
    return TomlFile(name, text, parse_toml(name, text))


def parse_toml(name: str, text: str, first_line: int = 1) -> dict[str, Any]:
    """``first_line`` is where the text begins in its file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) + first_line - 1 if at else first_line + text.count("\n")
        reason = _AT.sub("", str(error)).strip()
        raise ContentError([Problem(name, line, f"not readable as TOML: {reason}")]) from error

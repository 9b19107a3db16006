"""Reads a checker from its folder of content files."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checker.engine import RulesError, Ruleset, parse

NAMES = ("questions", "rules", "signs", "cases")


class FilesUnreadable(Exception):  # noqa: N818 - it reads as what it is
    """The folder cannot be read as a checker. Says file, place and reason, one on each line."""


def read_toml(path: Path, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=parse_float)
    except FileNotFoundError as error:
        raise FilesUnreadable(f"{path.name}: this file is missing from {path.parent}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise FilesUnreadable(f"{path.name}: not readable as TOML: {error}") from error


def read_checker(folder: Path) -> Ruleset:
    """The ruleset of ``content/checkers/<name>/``. Raises FilesUnreadable."""
    if not folder.is_dir():
        raise FilesUnreadable(f"{folder}: there is no such folder")
    try:
        return parse(**{name: read_toml(folder / f"{name}.toml") for name in NAMES})
    except RulesError as error:
        raise FilesUnreadable(str(error)) from error


def read_crowd(folder: Path) -> dict[str, Any]:
    """How common each answer is (``crowd.toml``); empty where the checker has no such file.

    The file also says in a ``note`` where each number comes from; the gate needs numbers only.
    """
    path = folder / "crowd.toml"
    tables = read_toml(path) if path.exists() else {}
    return {
        question: {key: share for key, share in table.items() if key != "note"}
        for question, table in tables.items()
        if isinstance(table, dict)
    }

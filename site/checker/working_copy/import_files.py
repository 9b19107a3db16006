"""Files of a checker into its working copy. Entries that are there already keep their history.

Run it inside ``library.loader.indexes.indexed_at_the_end``: hundreds of entries are saved.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from checker.engine import dump
from checker.files import FilesUnreadable, read_checker, read_toml
from checker.models import Checker, WorkingCopy
from checker.working_copy.notes import CommentLost, FileNotes, Note, read_notes
from checker.working_copy.writer import SourceMissing, Writer

FILES = ("questions", "rules", "signs", "cases", "crowd")


def import_files(folder: Path, checker: Checker) -> WorkingCopy:
    """Make the working copy say what the files say. Raises FilesUnreadable and changes nothing."""
    documents = dump(read_checker(folder))
    notes = {name: _notes(folder / f"{name}.toml") for name in FILES}
    try:
        return import_documents(checker, documents, _crowd(folder, documents), notes)
    except SourceMissing as error:
        raise FilesUnreadable(str(error)) from error


@transaction.atomic
def import_documents(
    checker: Checker,
    documents: Mapping[str, Any],
    crowd: Mapping[str, Any],
    notes: Mapping[str, FileNotes] | None = None,
) -> WorkingCopy:
    """The same from documents, such as the snapshot of a release (which has no notes)."""
    notes = notes or {}
    working_copy, _made = WorkingCopy.objects.get_or_create(checker=checker)
    working_copy.title = str(documents["questions"]["title"])
    for name, file in notes.items():
        setattr(working_copy, f"about_{name}", file.about)
    working_copy.save()
    Writer(checker, documents, _by_kind(notes), crowd).write()
    return working_copy


def _notes(path: Path) -> FileNotes:
    if not path.exists():
        return FileNotes()
    try:
        return read_notes(path.read_text(encoding="utf-8"))
    except CommentLost as error:
        raise FilesUnreadable(f"{path.name}: {error}") from error


def _by_kind(notes: Mapping[str, FileNotes]) -> dict[str, list[Note]]:
    return {kind: tables for file in notes.values() for kind, tables in file.tables.items()}


def _crowd(folder: Path, documents: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Shares as decimals, so that 0.1 stays 0.1; they must name questions and answers we have."""
    path = folder / "crowd.toml"
    tables = read_toml(path, parse_float=Decimal) if path.exists() else {}
    known = {
        question["key"]: {option["key"] for option in question["option"]} | {"note"}
        for question in documents["questions"]["question"]
    }
    unknown = list(_unknown(tables, known))
    if unknown:
        raise FilesUnreadable("\n".join(f"{path.name}: {problem}" for problem in unknown))
    return tables


def _unknown(tables: Mapping[str, Any], known: Mapping[str, set[str]]) -> Iterator[str]:
    for key, table in tables.items():
        if key not in known:
            yield f"there is no question “{key}”"
        else:
            yield from (
                f"{key}: there is no answer “{option}”"
                for option in table
                if option not in known[key]
            )

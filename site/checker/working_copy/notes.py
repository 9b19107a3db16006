"""The comments of a checker's files, which are the notes and headings of the working copy.

A comment belongs to the table that follows it. A line of dashes and words opens a section. The
comment at the top of a file introduces the file. Any other comment has no place in the working
copy and would be lost, so the file is refused instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

DASHES = "-" * 64
_SECTION = re.compile(r"# -{8,} (?P<title>.+)")
_TABLE = re.compile(r"\[\[(?P<kind>\w+)\]\]$|\[(?P<key>[\w-]+)\]$")


class CommentLost(Exception):  # noqa: N818 - it reads as what it is
    """A comment stands where the working copy has no room for it. Says the line and what to do."""


@dataclass(frozen=True)
class Note:
    """What stands above one table."""

    section: str = ""
    note: str = ""


@dataclass
class FileNotes:
    """The introduction of a file, and the notes of its tables: by kind, in file order."""

    about: str = ""
    tables: dict[str, list[Note]] = field(default_factory=dict)


def read_notes(text: str) -> FileNotes:
    notes = FileNotes()
    waiting: list[str] = []
    at_top = True
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            waiting.append(line)
        elif not line.strip():
            if at_top and waiting:
                notes.about, waiting, at_top = _plain(waiting), [], False
        elif match := _TABLE.match(line):
            notes.tables.setdefault(match["kind"] or match["key"], []).append(_note(waiting))
            waiting, at_top = [], False
        else:
            _refuse_lost(number, line, waiting)
            at_top = False
    if waiting:
        raise CommentLost("The last comment belongs to no table. Move it above one.")
    return notes


def _note(lines: list[str]) -> Note:
    sections = [match["title"] for line in lines if (match := _SECTION.match(line))]
    rest = [line for line in lines if not _SECTION.match(line)]
    return Note(" / ".join(sections), _plain(rest))


def _plain(lines: list[str]) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)


def _refuse_lost(number: int, line: str, waiting: list[str]) -> None:
    if waiting or _comment_after(line):
        raise CommentLost(
            f"Line {number}: a comment here would be lost. Move it above the table it belongs to."
        )


def _comment_after(line: str) -> bool:
    """A comment at the end of a line: a # outside of quotes."""
    return "#" in re.sub(r'"(?:\\.|[^"\\])*"', "", line)


def comment(text: str) -> Iterator[str]:
    """Lines of a note as comment lines."""
    for line in text.splitlines():
        yield f"# {line}".rstrip()


def section_line(title: str) -> str:
    return f"# {DASHES} {title}"

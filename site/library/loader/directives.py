"""Splits the body of a page file into pieces: text under headings, and ::: blocks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from library.loader.problems import ContentError, Problem

_OPEN = re.compile(r"^::: (?P<name>[a-z-]+)(?: (?P<title>.*\S))?\s*$")
_ATTRIBUTE = re.compile(r"^(?P<key>[a-z]+): (?P<value>.*\S)\s*$")
_HEADING = re.compile(r"^(?P<marks>#{1,6}) (?P<text>.*\S)\s*$")
_SOURCES = re.compile(r"^Sources: (?P<keys>.*\S)\s*$")
CLOSE = ":::"


@dataclass
class Piece:
    """Text with what belongs to it. ``name`` is "prose" for running text. Lines count from 1."""

    name: str
    line: int
    title: str = ""
    smaller: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    text_line: int = 0
    sources: tuple[str, ...] = ()


def split_body(file: str, body: str, first_line: int) -> list[Piece]:
    """The pieces of a body, in order. Raises ContentError for a block that never ends."""
    return list(_Splitter(file, body.splitlines(), first_line).pieces())


class _Splitter:
    def __init__(self, file: str, lines: list[str], first_line: int) -> None:
        self.file, self.lines, self.first_line = file, lines, first_line
        self.at = 0

    @property
    def line(self) -> int:
        return self.first_line + self.at

    def pieces(self) -> Iterator[Piece]:
        piece: Piece | None = None
        gathered: list[str] = []
        while self.at < len(self.lines):
            text = self.lines[self.at]
            if text.startswith(CLOSE):
                yield from _finished(piece, gathered)
                piece, gathered = None, []
                yield self._block()
                continue
            if heading := _HEADING.match(text):
                yield from _finished(piece, gathered)
                piece, gathered = self._headed(heading), []
            elif sources := _SOURCES.match(text):
                piece = piece or Piece("prose", self.line)
                piece.sources = _keys(sources)
                yield from _finished(piece, gathered)
                piece, gathered = None, []
            elif text.strip() or gathered:
                piece = piece or Piece("prose", self.line)
                piece.text_line = piece.text_line or self.line
                gathered.append(text)
            self.at += 1
        yield from _finished(piece, gathered)

    def _headed(self, heading: re.Match[str]) -> Piece:
        depth = len(heading["marks"])
        if depth not in (2, 3):
            raise ContentError([Problem(self.file, self.line, "use ## or ### for headings")])
        return Piece("prose", self.line, title=heading["text"], smaller=depth == 3)

    def _block(self) -> Piece:
        start = self.line
        opening = _OPEN.match(self.lines[self.at])
        if opening is None:
            reason = "“:::” closes a block, but none is open (or the name of a block is missing)"
            raise ContentError([Problem(self.file, start, reason)])
        inside = self._inside(start)
        attributes: dict[str, str] = {}
        count = 0
        for text in inside:
            found = _ATTRIBUTE.match(text)
            if found is None:
                break
            if found["key"] in attributes:
                reason = f"the line “{found['key']}: …” stands twice in this block"
                raise ContentError([Problem(self.file, start + 1 + count, reason)])
            attributes[found["key"]] = found["value"]
            count += 1
        rest = inside[count:]
        sources: tuple[str, ...] = ()
        while rest and (not rest[-1].strip() or _SOURCES.match(rest[-1])):
            closing = _SOURCES.match(rest.pop())
            sources = _keys(closing) if closing else sources
        leading = next((i for i, text in enumerate(rest) if text.strip()), 0)
        return Piece(
            opening["name"],
            start,
            title=opening["title"] or "",
            attributes=attributes,
            text="\n".join(rest).strip(),
            text_line=start + 1 + count + leading,
            sources=sources,
        )

    def _inside(self, start: int) -> list[str]:
        self.at += 1
        inside: list[str] = []
        while self.at < len(self.lines):
            text = self.lines[self.at]
            self.at += 1
            if text.strip() == CLOSE:
                return inside
            if text.startswith(CLOSE):
                break
            inside.append(text)
        reason = "this block has no closing “:::” line"
        raise ContentError([Problem(self.file, start, reason)])


def _finished(piece: Piece | None, gathered: list[str]) -> Iterator[Piece]:
    if piece is None:
        return
    piece.text = "\n".join(gathered).strip()
    if piece.text or piece.title or piece.sources:
        yield piece


def _keys(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(key.strip() for key in match["keys"].split(",") if key.strip())

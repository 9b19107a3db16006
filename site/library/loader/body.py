"""Pieces of a body file to the blocks of a page's StreamField."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, IntegerBlock

from library.blocks import BodyBlock
from library.blocks.care import CARE_LEVELS
from library.blocks.evidence import STRENGTHS
from library.loader.directives import Piece, split_body
from library.loader.markdown import LinkResolver, MarkdownError, as_saved, list_items, to_rich_text
from library.loader.page_file import PageFile
from library.loader.problems import ContentError, Problem

LEVEL_OF = {level.replace("_", "-"): level for level, _label in CARE_LEVELS}
_STRENGTHS = tuple(key for key, _label in STRENGTHS)
Block = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What a body may refer to: source keys to primary keys, figure names, links."""

    sources: Mapping[str, int]
    figures: Collection[str]
    resolve: LinkResolver


def read_body(page: PageFile, known: Known) -> list[Block]:
    """The blocks of a page. Raises ContentError with every problem of the body."""
    problems: list[Problem] = []
    stream: list[Block] = []
    for piece in split_body(page.name, page.body, page.body_line):
        try:
            stream.append(_Maker(piece, known).block())
        except MarkdownError as error:
            problems.append(Problem(page.name, piece.text_line + error.line, str(error)))
        except ValueError as error:
            problems.append(Problem(page.name, piece.line, str(error)))
    if problems:
        raise ContentError(problems)
    return stream


class _Maker:
    """Makes one block out of one piece; each method is one kind of block."""

    def __init__(self, piece: Piece, known: Known) -> None:
        self.piece, self.known = piece, known

    def block(self) -> Block:
        name = self.piece.name
        if name in LEVEL_OF:
            return self._block("care_card", self.care_card())
        if name not in _KINDS:
            raise ValueError(f"there is no block “{name}”")
        kind, make = _KINDS[name]
        return self._block(kind, make(self))

    def _block(self, kind: str, value: Block) -> Block:
        self._refuse_unknown_lines()
        _check_lengths(kind, value)
        if kind != "figure":
            value["sources"] = self.sources()
        return {"type": kind, "value": value}

    def _refuse_unknown_lines(self) -> None:
        """Nothing that a file says may be dropped in silence."""
        known = _ATTRIBUTES.get(self.piece.name, ())
        for key in self.piece.attributes:
            if key not in known:
                hint = f"use {', '.join(known)}" if known else "leave an empty line before the text"
                raise ValueError(f"“::: {self.piece.name}” has no line “{key}: …”; {hint}")

    def sources(self) -> list[Block]:
        unknown = [key for key in self.piece.sources if key not in self.known.sources]
        if unknown:
            raise ValueError(f"source “{unknown[0]}” is not in sources.toml")
        return _listed(self.known.sources[key] for key in self.piece.sources)

    def rich(self, text: str | None = None) -> str:
        text = self.piece.text if text is None else text
        if not text:
            raise ValueError("this block has no text")
        return as_saved(to_rich_text(text, self.known.resolve))

    def items(self) -> list[Block]:
        return _listed(map(as_saved, list_items(self.piece.text, self.known.resolve)))

    def titled(self) -> str:
        if not self.piece.title:
            raise ValueError(f"“::: {self.piece.name}” needs a title on the same line")
        return self.piece.title

    def attribute(self, key: str, *, required: bool = True) -> str:
        value = self.piece.attributes.get(key, "")
        if required and not value:
            raise ValueError(f"“::: {self.piece.name}” needs a line “{key}: …”")
        return value

    def number(self, key: str) -> int:
        value = self.attribute(key)
        if not value.isdigit():
            raise ValueError(f"“{key}” must be a whole number, not “{value}”")
        return int(value)

    def figure_name(self, name: str) -> str:
        if name and name not in self.known.figures:
            raise ValueError(f"figure “{name}” is not in figures.toml")
        return name

    def prose(self) -> Block:
        text = self.rich() if self.piece.text else ""
        return {"heading": self.piece.title, "smaller": self.piece.smaller, "text": text}

    def care_card(self) -> Block:
        level = LEVEL_OF[self.piece.name]
        return {"level": level, "title": self.titled(), "text": self.rich()}

    def stop(self) -> Block:
        return {"title": self.titled(), "text": self.rich()}

    def key_facts(self) -> Block:
        return {"title": self.piece.title, "facts": self.items()}

    def do_dont(self) -> Block:
        lines = [line.strip() for line in self.piece.text.splitlines() if line.strip()]
        if any(not line.startswith(("+ ", "- ")) for line in lines):
            raise ValueError("every line of “::: do-dont” begins with “+ ” or “- ”")
        return {
            "title": self.piece.title,
            "do": self._signed(lines, "+ "),
            "dont": self._signed(lines, "- "),
        }

    def _signed(self, lines: Sequence[str], sign: str) -> list[Block]:
        return _listed(self.rich(line[len(sign) :]) for line in lines if line.startswith(sign))

    def steps(self) -> Block:
        figure = self.figure_name(self.attribute("figure", required=False))
        return {"title": self.piece.title, "figure": figure, "steps": self.items()}

    def exercise(self) -> Block:
        return {
            "title": self.titled(),
            "dose": self.attribute("dose"),
            "figure": self.figure_name(self.attribute("figure", required=False)),
            "steps": self.items(),
        }

    def figure(self) -> Block:
        if self.piece.text or self.piece.sources:
            raise ValueError("“::: figure” takes a caption, but no text and no sources")
        caption = self.attribute("caption", required=False)
        return {"figure": self.figure_name(self.titled()), "caption": caption}

    def how_common(self) -> Block:
        n, of = self.number("n"), self.number("of")
        if not self.piece.text:
            raise ValueError("this block has no text")
        if n > of:
            raise ValueError("“n” cannot be larger than “of”")
        return {"n": n, "of": of, "who": self.attribute("who"), "text": self.piece.text}

    def evidence(self) -> Block:
        strength = self.attribute("strength")
        if strength not in _STRENGTHS:
            raise ValueError(f"“strength” must be one of: {', '.join(_STRENGTHS)}")
        return {"title": self.piece.title, "strength": strength, "text": self.rich()}

    def myth(self) -> Block:
        return {"myth": self.titled(), "fact": self.rich()}

    def caution(self) -> Block:
        return {"title": self.titled(), "text": self.rich()}


def _listed(values: Iterable[Any]) -> list[Block]:
    """Entries of a list as Wagtail's editor keeps them. Without an identity of their own they would
    get a new one at each look, and a page that nobody touched would be a changed one.
    """
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def _check_lengths(kind: str, value: Block) -> None:
    """Hold files to the editor's form, so that a loaded page can be saved there too."""
    for name, block in _BLOCKS[kind].child_blocks.items():
        if name in value and isinstance(block, CharBlock | IntegerBlock):
            try:
                block.clean(value[name])
            except ValidationError as error:
                raise ValueError(f"{name}: {' '.join(error.messages)}") from error


_BLOCKS = BodyBlock().child_blocks
#: Name in the file → the ``key: value`` lines that it may have.
_ATTRIBUTES = {
    "steps": ("figure",),
    "exercise": ("dose", "figure"),
    "figure": ("caption",),
    "how-common": ("n", "of", "who"),
    "evidence": ("strength",),
}
#: Name in the file → type of block, and what makes its value.
_KINDS: dict[str, tuple[str, Callable[[_Maker], Block]]] = {
    "prose": ("prose", _Maker.prose),
    "stop": ("stop_card", _Maker.stop),
    "key-facts": ("key_facts", _Maker.key_facts),
    "do-dont": ("do_dont", _Maker.do_dont),
    "steps": ("steps", _Maker.steps),
    "exercise": ("exercise", _Maker.exercise),
    "figure": ("figure", _Maker.figure),
    "how-common": ("how_common", _Maker.how_common),
    "evidence": ("evidence", _Maker.evidence),
    "myth": ("myth", _Maker.myth),
    "caution": ("caution", _Maker.caution),
}

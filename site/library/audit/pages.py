"""What the audit looks at: a page as plain data, whether it comes from a file or from the site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from library.loader.links import address
from library.loader.page_file import COMPARE_KEYS
from library.loader.rich_text import lines_with_links
from library.readability import sentences

#: Blocks whose sources and words a clinician must be able to trace.
CARE, STOP, FIGURE, PROSE = "care_card", "stop_card", "figure", "prose"


@dataclass(frozen=True)
class Names:
    """What primary keys and addresses inside a body are called."""

    pages: Mapping[int, str]
    sources: Mapping[int, str]


@dataclass(frozen=True)
class Block:
    """One block: its own heading, its lines of plain words, what it cites and where it leads.

    ``leading_on`` are the places in ``lines`` of those that hold a link.
    """

    kind: str
    number: int
    title: str
    lines: tuple[str, ...]
    leading_on: frozenset[int] = frozenset()
    sources: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    dead_links: tuple[str, ...] = ()
    figure: str = ""
    level: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        name = self.kind.replace("_", " ")
        return f"{name} {self.number}" + (f" “{self.title}”" if self.title else "")

    @cached_property
    def words(self) -> str:
        return "\n".join(filter(None, (self.title, *self.lines)))

    def sentences(self) -> list[str]:
        return sentences("\n".join(self.lines))


@dataclass(frozen=True)
class AuditPage:
    """A page of the library. ``name`` is how findings call it; ``kind`` as in content files."""

    name: str
    kind: str
    slug: str
    title: str
    answer: str
    description: str
    other_names: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_clinical(self) -> bool:
        return self.kind not in ("home", "info")

    @property
    def is_exercise(self) -> bool:
        return self.kind == "tip" and self.fields.get("kind") == "exercise"

    @cached_property
    def text(self) -> str:
        """All the words that a reader meets, a paragraph or list item each line."""
        return "\n".join([self.answer, *(block.words for block in self.blocks)])

    def links(self) -> Iterator[str]:
        for block in self.blocks:
            yield from block.links

    def linked_pages(self) -> set[str]:
        found = (link.partition(":") for link in self.links())
        return {rest for scheme, _, rest in found if scheme == "page"}


def blocks_of(body: Any, names: Names) -> tuple[Block, ...]:
    """The blocks of a StreamField value."""
    return tuple(_block(n, b.block_type, b.value, names) for n, b in enumerate(body, start=1))


def _block(number: int, kind: str, value: Any, names: Names) -> Block:
    reader = _Reader(names)
    for name in value:
        if name in _WORDS:
            reader.read(value[name])
    return Block(
        kind=kind,
        number=number,
        title=next(
            (str(value[name]) for name in ("heading", "title", "myth") if value.get(name)), ""
        ),
        lines=tuple(reader.lines),
        leading_on=frozenset(reader.leading_on),
        sources=tuple(_cited(value.get("sources") or (), names)),
        links=tuple(reader.links),
        dead_links=tuple(reader.dead),
        figure=value.get("figure") or "",
        level=value.get("level") or "",
        fields={name: value[name] for name in ("n", "of", "strength", "dose") if value.get(name)},
    )


_TITLES = ("heading", "title", "myth")
#: Fields of blocks that readers read, in the order of the page.
_WORDS = {"text", "fact", "facts", "do", "dont", "steps", "dose", "who", "caption"}


def _cited(sources: Any, names: Names) -> Iterator[str]:
    for source in sources:
        if source is not None and source.pk in names.sources:
            yield names.sources[source.pk]


class _Reader:
    """Reads rich text and lists of it, and gathers where their links lead."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.lines: list[str] = []
        self.leading_on: list[int] = []
        self.links: list[str] = []
        self.dead: list[str] = []

    def read(self, value: Any) -> None:
        if isinstance(value, str):
            self._add(value, ())
        elif hasattr(value, "source"):
            for words, links in lines_with_links(value.source, self._follow):
                self._add(words, links)
        else:
            for item in value:
                self.read(item)

    def _add(self, words: str, links: tuple[str, ...]) -> None:
        if not words:
            return
        if links:
            self.leading_on.append(len(self.lines))
        self.lines.append(words)
        self.links += links

    def _follow(self, attributes: Mapping[str, str | None]) -> str:
        found = address(attributes, self.names.pages)
        if not found:
            self.dead.append(attributes.get("href") or f"page {attributes.get('id') or '?'}")
        return found


def not_compared(role: str | None, given: Mapping[str, Any]) -> tuple[str, ...]:
    """What a main cause does not say of itself for the topic's comparison table."""
    return tuple(key for key in COMPARE_KEYS if not given.get(key)) if role == "cause" else ()

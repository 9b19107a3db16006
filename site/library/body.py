"""A page's body part by part, each ready while it would be made the same again.

What a part names (sources, pages) and what it looks like are worked out once for each text, so a
body in which one sentence changed costs little more than that sentence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.blocks import StreamValue

from library.pieces import piece, place

if TYPE_CHECKING:
    from library.reading import Reading


_slug = lru_cache(maxsize=2_000)(slugify)


@dataclass
class Part:
    """One block of a body, as it is stored. It is read by Wagtail only where it must be shown."""

    body: Any
    raw: Mapping[str, Any]
    #: What it names: whether it is a source, and its primary key.
    named: list[tuple[bool, int]] = field(default_factory=list)

    @cached_property
    def _text(self) -> str:
        return repr(self.raw)

    @cached_property
    def digest(self) -> str:
        return blake2b(self._text.encode(), digest_size=16).hexdigest()

    def find_named(self) -> list[tuple[bool, int]]:
        return piece(("named in", self.digest), self._find_named)

    @cached_property
    def _block(self) -> Any:
        """Read by itself: a whole body would read all blocks of the same kind with it."""
        return StreamValue(self.body.stream_block, [self.raw], is_lazy=True)[0]

    def _find_named(self) -> list[tuple[bool, int]]:
        block = self._block
        found = block.block.extract_references(block.value)
        return [(model.__name__ == "Source", int(pk)) for model, pk, *_where in found]

    @property
    def heading(self) -> str:
        return str(self._value.get("heading") or "")

    @property
    def opens(self) -> bool:
        """Whether it stands in the table of contents."""
        return bool(self.heading) and not self._value.get("smaller")

    @property
    def anchor(self) -> str:
        return _slug(self.heading) or str(self.raw.get("id") or "")

    @property
    def _value(self) -> Mapping[str, Any]:
        value = self.raw.get("value")
        return value if isinstance(value, Mapping) else {}

    def show(self, reading: "Reading") -> SafeString:
        """As HTML. It sees of the page only what is named here."""
        before = sorted(reading.explained) if "#" in self._text else []
        numbers = {pk: reading.numbers[pk] for pk in self._of(True) if pk in reading.numbers}
        links = self._of(False)
        urls = {pk: reading.urls[pk] for pk in links if pk in reading.urls} if links else {}
        seen = ("part", self.digest, numbers, urls, before, place(reading.request))

        def make() -> tuple[str, list[str]]:
            small = reading.of_part(numbers, urls, before)
            context = {"reading": small, "anchor": self.anchor}
            html = str(self._block.render_as_block(context))
            return html, sorted(small.explained)

        html, after = piece(seen, make)
        reading.explained.update(after)
        return mark_safe(html)  # noqa: S308 - Wagtail's own answer

    def _of(self, sources: bool) -> list[int]:
        return [pk for is_source, pk in self.named if is_source is sources]


def parts_of(body: Any) -> list[Part]:
    parts = [Part(body, raw) for raw in body.raw_data]
    digests = [part.digest for part in parts]
    named = piece(("named in body", digests), lambda: [part.find_named() for part in parts])
    for part, found in zip(parts, named, strict=True):
        part.named = found
    return parts


def references(body: Any) -> Iterator[tuple[type, str]]:
    """Every model instance that a body names: sources it cites, pages its text links to."""
    found: Iterable[tuple[type, str, str, str]] = body.stream_block.extract_references(body)
    for model, pk, _model_path, _content_path in found:
        yield model, pk

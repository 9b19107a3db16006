"""Every link that a page's body or a source holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from library.models import Source


@dataclass(frozen=True)
class Link:
    """Where a link stands, what it says, and where it leads: a page's number or an address."""

    where: str
    said: str
    href: str = ""
    page_id: int | None = None
    edit_id: int | None = None

    @property
    def is_external(self) -> bool:
        return self.href.startswith(("http://", "https://"))


def of_page(page: Any) -> Iterator[Link]:
    """Links in the rich text of a page, in their order."""
    for html in rich_texts(page.body.get_prep_value()):
        reader = _Reader()
        reader.feed(html)
        for attributes, said in reader.links:
            yield _link(page, attributes, said)


def of_sources() -> Iterator[Link]:
    for source in Source.objects.exclude(doi="", url=""):
        yield Link(f"source {source.key}", source.title, source.link)


def rich_texts(value: Any) -> Iterator[str]:
    """Every text of a StreamField's plain value that holds markup."""
    if isinstance(value, str):
        if "<" in value:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from rich_texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from rich_texts(item)


def _link(page: Any, attributes: dict[str, str | None], said: str) -> Link:
    if attributes.get("linktype") == "page":
        target = int(attributes.get("id") or 0)
        return Link(page.title, said, page_id=target, edit_id=page.pk)
    return Link(page.title, said, href=attributes.get("href") or "", edit_id=page.pk)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[dict[str, str | None], str]] = []
        self.open: dict[str, str | None] | None = None
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.open, self.said = dict(attrs), ""

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.open is not None:
            self.links.append((self.open, self.said))
            self.open = None

"""All that a page's body refers to, fetched at once.

A body of fifty blocks may cite forty sources and link to thirty pages. Asked block by block that is
dozens of queries; asked here it is one for the sources and one for the pages, whatever the number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Value
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import LinkRewriter

from library import fresh
from library.listed import Near
from library.neighbours import Beside
from library.pieces import piece, place

if TYPE_CHECKING:
    from library.body import Part
    from library.glossary import Words
    from library.models import Source


@dataclass(frozen=True)
class Citation:
    """A source with its number on this page."""

    number: int
    source: "Source"


@dataclass
class Reading:
    """What the templates need while one page is being read."""

    page: Any
    request: HttpRequest | None = None
    #: Glossary words that the page has explained so far.
    explained: set[str] = field(default_factory=set)
    #: The page's, where this is what one part of its body may see.
    whole: "Reading | None" = None

    @cached_property
    def _named(self) -> list[tuple[bool, int]]:
        """What the body names: whether it is a source, and its primary key."""
        return [one for part in self.parts for one in part.named]

    @cached_property
    def parts(self) -> list["Part"]:
        """The parts of the body, in their order."""
        from library.body import parts_of

        return parts_of(self.page.body) if self.page is not None else []

    @cached_property
    def opening(self) -> list["Part"]:
        """The parts before the first section."""
        return list(takewhile(lambda part: not part.heading, self.parts))

    @property
    def sections(self) -> list["Part"]:
        return self.parts[len(self.opening) :]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Anchor and heading of each section."""
        return [(part.anchor, part.heading) for part in self.parts if part.opens]

    @property
    def source_ids(self) -> list[int]:
        """In the order the page first cites them."""
        return list(dict.fromkeys(pk for is_source, pk in self._named if is_source))

    @property
    def linked_ids(self) -> set[int]:
        return {pk for is_source, pk in self._named if not is_source}

    @property
    def citations(self) -> dict[int, Citation]:
        """Source by primary key, numbered in the order the page first cites them. Read once, and
        each piece that shows them stands on them."""
        fresh.uses(*(fresh.row("library_source", pk) for pk in self.source_ids))
        return self.cited

    @cached_property
    def cited(self) -> dict[int, Citation]:
        from library.models import Source

        wanted = self.source_ids
        with fresh.exactly():
            found = Source.objects.in_bulk(wanted) if wanted else {}
        present = [found[pk] for pk in wanted if pk in found]
        return {source.pk: Citation(n, source) for n, source in enumerate(present, start=1)}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of each source, for those who need not know more of it."""
        if self.page is None:
            return {pk: one.number for pk, one in self.cited.items()}
        present = piece(("sources there are", self.source_ids), lambda: list(self.citations))
        return {pk: number for number, pk in enumerate(present, start=1)}

    @cached_property
    def _pages(self) -> tuple[Near, ...]:
        """Live pages that the body links to, those above and those beside: one query, kept for as
        long as they are the same."""
        page, beside = self.page, self.page.beside()
        around = (page._meta.label, page.pk, page.path, beside and beside.place)
        named = ("pages around", place(self.request), around, sorted(self.linked_ids))
        return piece(named, partial(self._read_pages, beside))

    def _read_pages(self, beside: Beside | None) -> tuple[Near, ...]:
        from library.menu import FIELDS

        wanted = Q(pk__in=self.linked_ids) | Q(path__in=paths_above(self.page))
        side: Any = Value(0)
        if beside is not None:
            wanted, side = wanted | beside.either, beside.side
            if "title" in beside.order:
                fresh.uses(fresh.NAMES)  # another title can stand between this one and the next
        with fresh.exactly(fresh.TREE):
            rows = Page.objects.filter(wanted, live=True).annotate(side=side)
            found = list(rows.only(*FIELDS).order_by("path"))
        fresh.uses(*(fresh.name(one.pk) for one in found))
        return tuple(
            Near(page.pk, page.title, page.get_url(self.request) or "", page.path, page.side)
            for page in found
        )

    @cached_property
    def before(self) -> Near | None:
        """The page that stands before this one in its list."""
        return next((page for page in self._pages if page.side < 0), None)

    @cached_property
    def after(self) -> Near | None:
        return next((page for page in self._pages if page.side > 0), None)

    @cached_property
    def urls(self) -> dict[int, str]:
        """Address of each live page that the body links to."""
        return {page.pk: page.url for page in self._pages}

    def of_part(
        self, numbers: dict[int, int], urls: dict[int, str], explained: Iterable[str]
    ) -> "Reading":
        """What one part of the body may see of all this."""
        part = Reading(None, None, set(explained), whole=self)
        vars(part).update(numbers=numbers, urls=urls)
        return part

    def rewrite(self, html: str) -> str:
        """Rich text as stored, with the addresses of the pages that it links to, and the words of
        the glossary explained in place.
        """
        if "<a " not in html:
            return html
        from library.glossary import explain

        return explain(str(self._rewriter(html)), lambda: self.words, self.explained)

    @cached_property
    def words(self) -> "Words":
        """The glossary, asked for once a page, and only by one with words of it.

        ``explain`` says which words the page shows.
        """
        from library.glossary import glossary

        if self.whole is not None:
            return self.whole.words
        with fresh.exactly():
            return glossary()

    @cached_property
    def _rewriter(self) -> LinkRewriter:
        others = {
            linktype: handler.expand_db_attributes_many
            for linktype, handler in features.get_link_types().items()
            if linktype != "page"
        }
        return LinkRewriter(
            bulk_rules={**others, "page": self._page_links}, reference_extractors={}
        )

    def _page_links(self, links: Sequence[dict[str, str]]) -> list[str]:
        """A link to a page that is gone or not public becomes plain text."""
        addresses = [self.urls.get(int(link["id"])) for link in links]
        return [f'<a href="{url}">' if url else "<a>" for url in addresses]

    @cached_property
    def breadcrumbs(self) -> list[Near]:
        """The pages above this one, home first."""
        above = set(paths_above(self.page))
        return [page for page in self._pages if page.path in above]


def paths_above(page: Page) -> list[str]:
    """Tree paths of the pages above a page, without the invisible root."""
    step = page.steplen
    return [page.path[:end] for end in range(2 * step, len(page.path), step)]

"""Links inside the site, checked without a request: against pages, glossary and addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from library.glossary import glossary
from library.link_check.links import Link

FINE = ("mailto:", "tel:")


@dataclass(frozen=True)
class Broken:
    link: Link
    reason: str

    def __str__(self) -> str:
        return f"{self.link.where}: “{self.link.said}”: {self.reason}"


@dataclass
class Ours:
    """What there is to lead to. Three queries, however many links it then judges."""

    live: set[int] = field(default_factory=set)
    drafts: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    terms: frozenset[str] = frozenset()

    @classmethod
    def now(cls) -> "Ours":
        ours = cls(terms=frozenset(glossary()))
        roots = [site.root_page.url_path for site in Site.objects.select_related("root_page")]
        for pk, live, path in Page.objects.values_list("pk", "live", "url_path"):
            (ours.live if live else ours.drafts).add(pk)
            if live:
                ours.paths |= {"/" + path[len(root) :] for root in roots if path.startswith(root)}
        return ours

    def broken(self, links: Iterable[Link]) -> Iterator[Broken]:
        for link in links:
            if reason := self._reason(link):
                yield Broken(link, reason)

    def _reason(self, link: Link) -> str:
        if link.page_id is not None:
            return self._page_reason(link.page_id)
        if link.is_external or link.href.startswith(FINE):
            return ""
        path, _hash, anchor = link.href.partition("#")
        if path == reverse("library:glossary"):
            known = not anchor or anchor in self.terms
            return "" if known else _("the glossary has no term “%s”.") % anchor
        if path in self.paths or (not path and anchor):
            return ""
        return self._view_reason(path)

    def _page_reason(self, pk: int) -> str:
        if pk in self.live:
            return ""
        if pk in self.drafts:
            return _("the page it leads to is not published.")
        return _("the page it leads to is gone.")

    @staticmethod
    def _view_reason(path: str) -> str:
        """An address of a view of ours, not of the page tree, whose pages we know already."""
        try:
            view = resolve(path).view_name
        except Resolver404:
            view = ""
        if view and view != "library:page":
            return ""
        return _("there is nothing at %s.") % (path or _("an empty address"))

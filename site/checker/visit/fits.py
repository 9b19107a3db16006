"""The causes that fit a visit, with the patient's own signs and the way to their pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from wagtail.models import Page

from checker.engine import Advice, Fit
from checker.levels import FIT_WORDS, Words
from library.models import CausePage

NAMED = ("well", "partly")
TIP, TREATMENT = "tip", "treatment"
Links = dict[tuple[str, str], list[Any]]
"""Pages by the slug of a cause and the kind of link."""


@dataclass(frozen=True)
class CauseFit:
    """A cause that fits, with the signs for and against it, and where to read on."""

    key: str
    name: str
    lookalike: bool
    word: str
    word_label: Words
    for_: tuple[str, ...]
    against: tuple[str, ...]
    page: CausePage | None
    tips: Sequence[Any]
    treatments: Sequence[Any]


def cause_fits(advice: Advice) -> tuple[CauseFit, ...]:
    """Best first. Causes with little to suggest them are not named. At most two queries."""
    fits = [fit for fit in advice.fits if fit.word in NAMED]
    slugs = [fit.cause.page for fit in fits]
    if not slugs:
        return ()
    causes = CausePage.objects.live().defer_streamfields().filter(slug__in=slugs)
    pages = {page.slug: page for page in causes}
    links = _links(slugs)
    return tuple(_fit(fit, pages.get(fit.cause.page), links) for fit in fits)


def _links(slugs: Sequence[str]) -> Links:
    """Tips and treatments of these causes, in their order there, by one query for both."""
    tips = _linked("tippage__tip_links", slugs, TIP)
    treatments = _linked("treatmentpage__treatment_links", slugs, TREATMENT)
    found: Links = defaultdict(list)
    for page in tips.union(treatments, all=True).order_by("place"):
        found[page.cause_slug, page.link_kind].append(page)
    return found


def _linked(way: str, slugs: Sequence[str], kind: str) -> Any:
    pages = Page.objects.live().filter(**{f"{way}__page__slug__in": slugs}).order_by()
    return pages.annotate(
        cause_slug=F(f"{way}__page__slug"), place=F(f"{way}__sort_order"), link_kind=Value(kind)
    )


def _fit(fit: Fit, page: CausePage | None, links: Links) -> CauseFit:
    return CauseFit(
        key=fit.cause.key,
        name=fit.cause.name,
        lookalike=fit.cause.lookalike,
        word=fit.word,
        word_label=FIT_WORDS[fit.word],
        for_=tuple(sign.phrase for sign in fit.for_),
        against=tuple(sign.phrase for sign in fit.against),
        page=page,
        tips=links[fit.cause.page, TIP] if page else [],
        treatments=links[fit.cause.page, TREATMENT] if page else [],
    )

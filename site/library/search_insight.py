"""What the search view tells us, and what editors tell it. Nothing here knows who asked."""

import re
from typing import Any

from django.db.models import Count, F, Q
from django.dispatch import receiver
from django.utils import timezone
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string

from library.fresh import kept
from library.models import MissedSearch
from library.search.signals import search_made

LONGEST = 60
MOST_A_DAY = 1000  # different words; a flood of nonsense must not fill the database
#: An e-mail address, or a number as long as one of a telephone or a patient: not ours to keep.
_PERSONAL = re.compile(r"@|\d[\d\s-]{4,}")


@receiver(search_made, dispatch_uid="search-insight")
def count_missed(query: str, found: int, **_kwargs: Any) -> None:
    """Listens to every search; only those that found nothing are counted."""
    if not found:
        note_missed(query)


def note_missed(query: str) -> None:
    """Count a search that found nothing."""
    words = normalise_query_string(query).strip()
    if not words or len(words) > LONGEST or _PERSONAL.search(words):
        return
    today = timezone.localdate()
    of_today, these = MissedSearch.objects.filter(day=today), Q(words=words)
    already, known = of_today.aggregate(
        already=Count("pk"), known=Count("pk", filter=these)
    ).values()
    if known:
        of_today.filter(these).update(times=F("times") + 1)
    if known or already >= MOST_A_DAY:
        return
    row = MissedSearch(words=words, day=today, times=1)
    MissedSearch.objects.bulk_create([row], ignore_conflicts=True)
    if not already:
        MissedSearch.forget_old()


def promoted(query: str) -> list[Page]:
    """Pages that editors put first for these words, in their order. For the search view."""
    words = normalise_query_string(query)
    if words not in kept("promoted-words", _promoted_words):
        return []
    picks = SearchPromotion.objects.filter(query__query_string=words, page__live=True)
    return [pick.page for pick in picks.select_related("page")]


def _promoted_words() -> set[str]:
    """Few searches have picks; knowing which saves every other search a query."""
    return set(SearchPromotion.objects.values_list("query__query_string", flat=True))

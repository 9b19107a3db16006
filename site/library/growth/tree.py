"""Where made-up pages stand: keys, places in the tree and addresses, written in bulk."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from library.growth.bodies import made_up_id
from library.growth.models_of import model_of
from library.growth.plan import Planned

AT_ONCE = 500


def write_tree(home: Page, plan: Sequence[Planned], random: Random, now: datetime) -> None:
    """A row of Wagtail's page table for each; what its type has beside follows (``write``)."""
    _place(home, plan)
    children = Counter(page.parent for page in plan)
    rows = [_row(home, page, children[page.number], random, now) for page in plan]
    for made in Page.objects.bulk_create(rows, batch_size=AT_ONCE):
        plan[int(made.slug.rpartition("-")[2])].pk = made.pk
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + children[-1])


def _place(home: Page, plan: Sequence[Planned]) -> None:
    last = home.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    taken = Counter({-1: step})
    for page in plan:
        above = home if page.parent < 0 else plan[page.parent]
        taken[page.parent] += 1
        page.path = Page._get_path(above.path, _depth(above.path) + 1, taken[page.parent])
        page.url_path = f"{above.url_path}{page.slug}/"


def _depth(path: str) -> int:
    return len(path) // int(Page.steplen)


def _row(home: Page, page: Planned, children: int, random: Random, now: datetime) -> Any:
    published = now - timedelta(minutes=page.number)
    return Page(
        title=page.title,
        draft_title=page.title,
        slug=page.slug,
        path=page.path,
        depth=_depth(page.path),
        numchild=children,
        url_path=page.url_path,
        content_type=ContentType.objects.get_for_model(model_of(page.kind)),
        locale_id=home.locale_id,
        translation_key=UUID(made_up_id(random)),
        search_description=f"{page.title}: to try a large library.",
        first_published_at=published,
        last_published_at=published,
        latest_revision_created_at=published,
    )

"""Takes a made-up library out again, and finds out what else is there."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from library.growth.plan import SLUG
from library.growth.write import SOURCE
from library.models import Source
from library.models.loaded import LoadedItem

_AT_ONCE = 250


def made_up() -> Any:
    return Page.objects.filter(slug__startswith=SLUG)


def others() -> Any:
    """Pages that neither the starter library nor ``grow`` has made."""
    loaded = LoadedItem.objects.filter(kind="page").values("object_id")
    return Page.objects.filter(depth__gt=1).exclude(pk__in=loaded).exclude(slug__startswith=SLUG)


def remove(say: Callable[[int], None] = lambda left: None) -> int:
    """Delete all made-up pages and sources, the deepest first. The number of pages deleted."""
    keys = list(made_up().order_by("-depth").values_list("pk", flat=True))
    homes = {path[: 2 * Page.steplen] for path in made_up().values_list("path", flat=True)}
    with disable_reference_index_auto_update():
        for start in range(0, len(keys), _AT_ONCE):
            _delete(keys[start : start + _AT_ONCE])
            say(max(0, len(keys) - start - _AT_ONCE))
        Source.objects.filter(key__startswith=SOURCE).delete()
    for home in Page.objects.filter(path__in=homes):
        Page.objects.filter(pk=home.pk).update(numchild=Page.objects.child_of(home).count())
    return len(keys)


def _delete(keys: list[int]) -> None:
    """Django's own deletion: treebeard's would look every page of the branch up once more."""
    page = Page.objects.filter(pk__in=keys)
    kind = ReferenceIndex._get_base_content_type(Page)
    names = [str(pk) for pk in keys]
    ReferenceIndex.objects.filter(base_content_type=kind, object_id__in=names).delete()
    QuerySet.delete(page)

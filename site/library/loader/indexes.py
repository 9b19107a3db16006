"""Reference and search index, brought up to date once after a load and not at every save.

Loading saves a page three or four times. Wagtail would index it, and each row of its relations,
every time: that is more than half of the time of a load.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.models.signals import post_save
from modelcluster.fields import ParentalKey
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends
from wagtail.search.index import class_is_indexed, get_indexed_models
from wagtail.search.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

_Touched = dict[type[models.Model], set[Any]]


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Index what is saved inside the block once, when it ends well. Run it in a transaction."""
    touched: _Touched = defaultdict(set)

    def remember(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
        indexed = sender in ReferenceIndex.tracked_models or class_is_indexed(sender)
        if indexed and not _belongs_to_another(sender):
            touched[sender].add(instance.pk)

    held = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    post_save.connect(remember)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        for model in held:
            post_save.connect(post_save_signal_handler, sender=model)
    _index(touched)


def _belongs_to_another(model: type[models.Model]) -> bool:
    """Rows of a relation are indexed with the page that holds them."""
    return any(isinstance(field, ParentalKey) for field in model._meta.get_fields())


def _index(touched: _Touched) -> None:
    for model, keys in touched.items():
        rows = list(model._default_manager.filter(pk__in=keys))
        for row in rows:
            ReferenceIndex.create_or_update_for_object(row)
        if class_is_indexed(model):
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, rows)

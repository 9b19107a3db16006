"""What happens when a source is marked withdrawn: the pages that cite it must be reviewed again."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_init, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from library.models import Source
from library.models.clinical_page import ClinicalPage
from review.requests import ask_for_review


def citing(source: Source) -> list[ClinicalPage]:
    """The pages whose text cites a source."""
    keys = citing_keys([source]).get(source.pk, set())
    pages = Page.objects.filter(pk__in=keys).order_by("title").specific()
    return [page for page in pages if isinstance(page, ClinicalPage)]


def citing_keys(sources: Iterable[Source]) -> dict[int, set[int]]:
    """Primary key of a source → those of the pages that cite it; one query for all of them."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = ReferenceIndex.get_references_to_in_bulk(list(sources)).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    for source, page in rows.values_list("to_object_id", "object_id"):
        found[int(source)].add(int(page))
    return found


@receiver(post_init, sender=Source, dispatch_uid="source-status-before")
def _remember_status(instance: Source, **_kwargs: Any) -> None:
    # Deferred instances of a page's body know only their key; reading more would ask the database.
    instance._status_before = instance.__dict__.get("status")


@receiver(post_save, sender=Source, dispatch_uid="source-withdrawn")
def _send_back(instance: Source, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    before = getattr(instance, "_status_before", None)
    instance._status_before = instance.status
    if instance.is_withdrawn and before != instance.status and not created and not raw:
        reason = _("The source %(key)s was withdrawn.") % {"key": instance.key}
        for page in citing(instance):
            ask_for_review(page, reason)

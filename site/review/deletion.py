"""What was signed must stay readable for as long as its page exists."""

from typing import Any

from django.db.models import CASCADE, ProtectedError, QuerySet
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from wagtail.models import Page


def keep_while_page_stays(
    collector: Collector, field: Any, rows: QuerySet[Any], using: str
) -> None:
    """Protects a signed revision from being purged, yet lets it go when its page is deleted.

    Django's RESTRICT means the same, but Wagtail's purge_revisions steps over ProtectedError only.
    """
    leaving = {
        instance.pk
        for model, instances in collector.data.items()
        if issubclass(model, Page)
        for instance in instances
    }
    kept = {row for row in rows if row.page_id not in leaving}
    if kept:
        raise ProtectedError(_("A review stands on this version of the page."), kept)
    CASCADE(collector, field, rows, using)

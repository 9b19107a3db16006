"""Pages as editors see them: with the changes that are not published yet."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

from library.models.clinical_page import ClinicalPage

PAGE_COLUMNS = [
    TitleColumn(
        "title",
        label=_("Page"),
        get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
    ),
    Column("status", label=_("Status"), accessor="status_string"),
]


def drafts(pages: Any = None) -> Iterator[Any]:
    """The latest draft of each page of the library, by title."""
    rows = Page.objects.all() if pages is None else pages
    for page in rows.order_by("title").specific():
        if isinstance(page, ClinicalPage):
            yield page.get_latest_revision_as_object()

"""Sources that somebody must look at: not opened for a year, or withdrawn."""

import datetime
from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Page

from library.models import Source
from library.reports.base import DeskReport
from library.reports.columns import LinesColumn
from library.sources.withdrawn import citing_keys

#: Pages that a row of the report names; a link leads to the rest.
MOST_NAMED = 25
A_YEAR = datetime.timedelta(days=365)


def stale() -> Q:
    """Sources in use that nobody has opened for a year, or ever. Judgement cannot be opened."""
    long_ago = timezone.localdate() - A_YEAR
    unchecked = Q(checked__isnull=True) | Q(checked__lt=long_ago)
    return unchecked & Q(status=Source.Status.IN_USE) & ~Q(kind=Source.Kind.EXPERT)


class SourceFilterSet(WagtailFilterSet):
    why = django_filters.ChoiceFilter(
        label=_("Why"),
        choices=[("stale", _("Not checked for a year")), ("withdrawn", _("Withdrawn"))],
        method="filter_why",
    )

    class Meta:
        model = Source
        fields = ["why", "kind"]

    def filter_why(self, rows: Any, _name: str, why: str) -> Any:
        return rows.filter(stale() if why == "stale" else Q(status=Source.Status.WITHDRAWN))


class SourcesReport(DeskReport):
    slug = "sources"
    page_title = _("Sources to look at")
    header_icon = "doc-full"
    model = Source
    filterset_class = SourceFilterSet
    no_results_message = _("Every source was checked within a year, and none is withdrawn.")
    list_export = ["key", "title", "status", "withdrawn_on", "checked", "cited_on"]
    export_headings = {"cited_on": _("Pages that cite it")}
    columns = [
        TitleColumn("key", label=_("Source"), get_url=lambda source: edit_url(source)),
        Column("title", label=_("Title")),
        Column("why", label=_("Why")),
        LinesColumn("cited_on_links", label=_("Pages that cite it")),
    ]

    def get_queryset(self) -> Any:
        wanted = stale() | Q(status=Source.Status.WITHDRAWN)
        return Source.objects.filter(wanted).order_by("status", "checked", "key")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        rows = list(object_list)
        cited = citing_keys(rows)
        citing = Page.objects.filter(pk__in={pk for pages in cited.values() for pk in pages})
        titles = dict(citing.values_list("pk", "title"))
        for source in rows:
            pages = sorted((titles[pk], pk) for pk in cited.get(source.pk, ()) if pk in titles)
            source.why = _why(source)
            source.cited_on = ", ".join(title for title, _pk in pages)
            source.cited_on_links = [
                (title, reverse("wagtailadmin_pages:edit", args=[pk]))
                for title, pk in pages[:MOST_NAMED]
            ]
            if len(pages) > MOST_NAMED:
                source.cited_on_links.append(_the_others(source, len(pages) - MOST_NAMED))
        return rows


def edit_url(source: Source) -> str:
    viewset: Any = source.snippet_viewset
    return reverse(viewset.get_url_name("edit"), args=[source.pk])


def _the_others(source: Source, number: int) -> tuple[str, str]:
    viewset: Any = source.snippet_viewset
    words = ngettext("and %(number)s other page", "and %(number)s other pages", number)
    return words % {"number": number}, reverse(viewset.get_url_name("usage"), args=[source.pk])


def _why(source: Source) -> str:
    if source.is_withdrawn:
        return gettext("Withdrawn on %(day)s") % {"day": source.withdrawn_on}
    if source.checked is None:
        return gettext("Never checked")
    return gettext("Last checked on %(day)s") % {"day": source.checked}

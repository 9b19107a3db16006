"""What readers searched for and did not find: pages and other names that are missing."""

import datetime
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, NumberColumn

from library.models import MissedSearch
from library.models.missed_search import KEPT_DAYS
from library.reports.base import DeskReport


class SearchesReport(DeskReport):
    slug = "searches"
    page_title = _("Searches without a result")
    header_icon = "search"
    model = MissedSearch
    no_results_message = _("No search was without a result in the last 90 days.")
    list_export = ["words", "asked", "last"]
    export_headings = {"asked": _("Times"), "last": _("Last on")}
    columns = [
        Column("words", label=_("Words"), accessor="words"),
        NumberColumn("asked", label=_("Times"), accessor="asked"),
        Column("last", label=_("Last on"), accessor="last"),
    ]

    def get_queryset(self) -> Any:
        since = timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)
        rows = MissedSearch.objects.filter(day__gte=since).values("words")
        return rows.annotate(asked=Sum("times"), last=Max("day")).order_by("-asked", "words")

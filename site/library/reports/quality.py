"""How good every page is for its readers, drafts included."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import NumberColumn
from wagtail.models import Page, get_page_content_types

from library.audit.library import Library
from library.audit.pages import Names
from library.publishing.guard import said
from library.quality.look import look_at
from library.reports.columns import LinesColumn
from library.reports.looked_at import LookedAtReport
from library.reports.pages import PAGE_COLUMNS


class QualityFilterSet(WagtailFilterSet):
    content_type = ContentTypeFilter(
        label=_("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("holding", _("What cannot be published")), ("mend", _("Anything to mend"))],
        method="leave",
        widget=forms.RadioSelect,
        empty_label=_("Every page"),
    )

    class Meta:
        model = Page
        fields = ["content_type"]

    def leave(self, pages: Any, _name: str, _value: str) -> Any:
        """Decided by the report, which has looked at the words; the database cannot."""
        return pages


class QualityReport(LookedAtReport):
    slug = "quality"
    page_title = _("Quality of pages")
    header_icon = "glasses"
    filterset_class = QualityFilterSet
    list_export = ["title", "status_string", "grade", "words", "findings_text"]
    export_headings = {
        "grade": _("Reading grade"),
        "words": _("Words"),
        "findings_text": _("To mend"),
    }
    columns = [
        *PAGE_COLUMNS,
        NumberColumn("grade", label=_("Reading grade"), accessor="grade"),
        NumberColumn("words", label=_("Words"), accessor="words"),
        LinesColumn("findings", label=_("To mend"), accessor="findings"),
    ]

    def look(self, draft: Any, against: tuple[Library, Names]) -> tuple[Any, ...] | None:
        show = self.request.GET.get("show", "")
        look = look_at(draft, self.request, against)
        if (show == "holding" and not look.holding) or (show == "mend" and not look.count):
            return None
        draft.grade, draft.words = look.grade, look.words
        draft.findings = [said(finding) for finding in look.findings]
        draft.findings_text = " | ".join(draft.findings)
        return -len(look.holding), -look.count

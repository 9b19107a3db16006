"""Which pages need a clinician, and whose they are: a report and a panel on the dashboard."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.coreutils import get_content_type_label
from wagtail.models import ContentType, Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from review.models import reviewable_models
from review.status import State, with_review

#: A page shows on the dashboard this long before its date.
SOON = timedelta(days=90)
NEEDED = (State.UNSIGNED, State.CHANGED, State.OVERDUE)


def reviewable_pages() -> PageQuerySet:
    """Pages that clinicians sign, with where they stand. Aliases show what another page says."""
    types = ContentType.objects.get_for_models(*reviewable_models()).values()
    return with_review(Page.objects.filter(content_type__in=types, alias_of=None, live=True))


def pages_for(user: Any) -> PageQuerySet:
    """Those whose editor this person may open."""
    policy = policy_registry.get_by_type(Page)
    mine = policy.instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    return reviewable_pages().filter(pk__in=mine.values("pk"))


def owners(_request: HttpRequest) -> QuerySet[Any]:
    users = get_user_model()._default_manager
    return users.filter(owned_pages__isnull=False).distinct()


class ReviewFilterSet(WagtailFilterSet):
    review_state = django_filters.ChoiceFilter(label=_("Review"), choices=State.choices)
    review_due = django_filters.DateFilter(
        label=_("Review due by"), lookup_expr="lte", widget=AdminDateInput
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"), queryset=owners, null_label=_("Nobody")
    )
    content_type = ContentTypeFilter(
        label=_("Type"),
        queryset=lambda request: ContentType.objects.filter(
            pk__in=[t.pk for t in ContentType.objects.get_for_models(*reviewable_models()).values()]
        ),
    )

    class Meta:
        model = Page
        fields: list[str] = []


def owner_name(page: Page) -> str:
    return (page.owner.get_full_name() or page.owner.get_username()) if page.owner else ""


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def signed_on(page: Page) -> date | None:
    return timezone.localdate(page.review_signed_at) if page.review_signed_at else None


class ReviewReportView(PageReportView):
    page_title = _("Clinical reviews")
    header_icon = "calendar-check"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "review_admin:report"
    index_results_url_name = "review_admin:report_results"
    filterset_class = ReviewFilterSet
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    columns = [
        TitleColumn("title", label=_("Title"), get_url=edit_url),
        Column("review", label=_("Review"), accessor=lambda page: State(page.review_state).label),
        Column("review_due", label=_("Review due by"), accessor="review_due"),
        Column("signed", label=_("Signed by"), accessor="review_name"),
        Column("signed_on", label=_("Signed on"), accessor=signed_on),
        Column("owner", label=_("Owner"), accessor=owner_name),
        Column(
            "type", label=_("Type"), accessor=lambda page: page.specific_class._meta.verbose_name
        ),
        PageStatusColumn("status", label=_("Status")),
    ]
    list_export = [
        "title",
        "url_path",
        "content_type",
        "review_label",
        "review_due",
        "review_name",
        "review_profession",
        "review_signed_at",
        "owner_name",
    ]
    export_headings = {
        "title": _("Title"),
        "url_path": _("Address"),
        "content_type": _("Type"),
        "review_label": _("Review"),
        "review_due": _("Review due by"),
        "review_name": _("Signed by"),
        "review_profession": _("Profession"),
        "review_signed_at": _("Signed on"),
        "owner_name": _("Owner"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        label = {self.FORMAT_CSV: get_content_type_label, self.FORMAT_XLSX: get_content_type_label}
        self.custom_field_preprocess: dict[str, Any] = {
            **self.custom_field_preprocess,
            "content_type": label,
        }

    def get_queryset(self) -> QuerySet[Page]:
        """Most pressing first: overdue, then changed, then never signed, each by date."""
        pages = pages_for(self.request.user).select_related("owner", "content_type")
        return pages.prefetch_workflow_states().order_by(
            F("review_due").asc(nulls_last=True), "title"
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for page in object_list:
            page.review_label = str(State(page.review_state).label)
            page.owner_name = owner_name(page)
        return object_list


class DuePagesPanel(Component):
    """On the dashboard: my pages that need a review, or will within three months."""

    name = "due_reviews"
    order = 110
    template_name = "review/admin/due_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        mine = due_pages(user).order_by(F("review_due").asc(nulls_last=True), "title")
        pages = list(mine[:10])
        for page in pages:
            page.review_label = str(State(page.review_state).label)
        total = mine.count() if len(pages) == 10 else len(pages)
        report = f"{reverse('review_admin:report')}?owner={user.pk}"
        return {"pages": pages, "total": total, "report": report}


def due_pages(user: Any) -> PageQuerySet:
    """Pages a person owns that need a clinician now or soon."""
    soon = Q(review_due__lte=timezone.localdate() + SOON)
    return reviewable_pages().filter(Q(review_state__in=NEEDED) | soon, owner=user)

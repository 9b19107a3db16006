"""Where reviewing shows in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from review import log_actions
from review.account import ClinicianPanel
from review.owners import SetOwnerBulkAction
from review.reports import DuePagesPanel, ReviewReportView
from review.views import admin, sign

hooks.register("register_bulk_action", SetOwnerBulkAction)


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    log_actions.register(registry)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("", ReviewReportView.as_view(), name="report"),
        path("results/", ReviewReportView.as_view(results_only=True), name="report_results"),
        path("pages/<int:page_id>/invite/", admin.invite, name="invite"),
        path("pages/<int:page_id>/sign/<slug:action>/", sign.SignView.as_view(), name="sign"),
        path("pages/<int:page_id>/ask/", admin.ask, name="ask"),
        path("invitations/<int:pk>/withdraw/", admin.withdraw, name="withdraw"),
    ]
    return [path("reviews/", include((urls, "review_admin")))]


@hooks.register("construct_page_action_menu")
def lead_to_signing(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    sign.lead_to_signing(menu_items, context.get("page"))


class ReviewReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        needed = ["add", "change", "publish"]
        shown: bool = policy.user_has_any_permission(request.user, needed)
        return shown


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return ReviewReportMenuItem(
        _("Clinical reviews"),
        reverse("review_admin:report"),
        name="clinical-reviews",
        icon_name="calendar-check",
        order=10,
    )


@hooks.register("construct_homepage_panels")
def due_pages(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DuePagesPanel())


@hooks.register("register_account_settings_panel")
def clinician_panel(request: HttpRequest, user: Any, profile: Any) -> ClinicianPanel:
    return ClinicianPanel(request, user, profile)


@hooks.register("register_page_header_buttons")
def page_buttons(page: Any, user: Any, view_name: str, next_url: str = "") -> Iterator[Button]:
    """In the menu beside a page's title."""
    reviewed = page.pk and hasattr(page.specific_class, "review_months")
    if not reviewed or view_name != "edit" or not page.latest_revision_id:
        return
    if user.has_perm("review.add_reviewinvitation"):
        url = reverse("review_admin:invite", args=[page.pk])
        label = _("Invite an outside reviewer")
        yield Button(label, url=url, icon_name="mail", priority=70)
    if user.has_perm("review.add_reviewrequest"):
        url = reverse("review_admin:ask", args=[page.pk])
        yield Button(_("Ask for a review"), url=url, icon_name="calendar-alt", priority=71)

"""Our reports in Wagtail's Reports menu."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from library.reports.base import DeskReport
from library.reports.claims import ClaimsReport
from library.reports.quality import QualityReport
from library.reports.searches import SearchesReport
from library.reports.sources import SourcesReport

REPORTS: tuple[type[DeskReport], ...] = (QualityReport, ClaimsReport, SourcesReport, SearchesReport)


class ReportItem(MenuItem):
    """Shown to whom the report would open."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(DeskReport.asks_rights_on)
        return bool(
            policy.user_has_any_permission(request.user, DeskReport.any_permission_required)
        )


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    urls = []
    for report in REPORTS:
        urls += [
            path(f"reports/{report.slug}/", report.as_view(), name=report.index_url_name),
            path(
                f"reports/{report.slug}/results/",
                report.as_view(results_only=True),
                name=report.index_results_url_name,
            ),
        ]
    return urls


def _item(report: type[DeskReport], order: int) -> Callable[[], MenuItem]:
    def item() -> MenuItem:
        return ReportItem(
            report.page_title,
            reverse(report.index_url_name),
            name=report.slug,
            icon_name=report.header_icon,
            order=order,
        )

    return item


for place, report in enumerate(REPORTS):
    hooks.register("register_reports_menu_item", _item(report, 100 + place))

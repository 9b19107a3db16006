from typing import Any

from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry


class DeskReport(ReportView):
    """A report for everybody who may work on pages."""

    slug = ""
    asks_rights_on = Page
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        name = f"library_report_{cls.slug.replace('-', '_')}"
        cls.index_url_name, cls.index_results_url_name = name, f"{name}_results"

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(self.asks_rights_on)

"""The editors' guide: a page of the admin, in its Help menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """Every label that the guide names stands in <b class="label">: a test looks each up."""

    template_name = "library/admin/guide.html"
    page_title = _("Editors' guide")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    return [path("guide/", GuideView.as_view(), name="library_guide")]


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    address = reverse("library_guide")
    return MenuItem(_("Editors' guide"), address, icon_name="help", order=1)

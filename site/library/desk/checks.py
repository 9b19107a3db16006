"""The quality panel beside the editor, and our checks in Wagtail's own content checker."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from library.desk.unsaved import KeepsWhatWasWritten
from library.desk.untouched import UntouchedStaysTheVersion
from library.glossary import glossary
from library.models.clinical_page import ClinicalPage
from library.quality.link_word import link_word
from library.quality.look import look_at


class QualitySidePanel(BaseSidePanel):
    """What to mend on this page and how. New after each save, automatic ones included."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle quality")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.look.holding) if self.panel.look else 0
            return context

    name = "quality"
    title = _("Quality")
    template_name = "library/admin/quality_panel.html"
    order = 340

    def __init__(self, object: Any, request: HttpRequest) -> None:
        super().__init__(object, request)
        self.look = look_at(object, request) if object.pk else None

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "look": self.look}


class _WithQuality:
    """Adds the panel to Wagtail's own."""

    page: Any
    request: HttpRequest

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([*panels, QualitySidePanel(self.page, self.request)])


class ClinicalPageCreateView(_WithQuality, CreateView):
    pass


class ClinicalPageEditView(KeepsWhatWasWritten, UntouchedStaysTheVersion, _WithQuality, EditView):
    pass


class ClinicalPageViewSet(PageViewSet):
    """Every page type of the library is edited with the panel."""

    model = ClinicalPage
    parent_models: list[type] = []  # leaves the lists of pages as they are
    add_view_class = ClinicalPageCreateView
    edit_view_class = ClinicalPageEditView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The views look pages up by this model; ours is abstract and has no table."""
        common: dict[str, Any] = super().get_common_view_kwargs(**{"model": Page, **kwargs})
        return common


@hooks.register("register_admin_viewset")
def clinical_pages() -> ClinicalPageViewSet:
    return ClinicalPageViewSet()


@require_POST
def link_word_view(request: HttpRequest, page_id: int, key: str) -> HttpResponse:
    """Link the first mention of a glossary word on a page, in a new draft."""
    page = get_object_or_404(Page, pk=page_id).get_latest_revision_as_object()
    if not page.permissions_for_user(request.user).can_edit() or page.get_lock():
        raise PermissionDenied
    word = glossary().get(key)
    if word and isinstance(page, ClinicalPage) and link_word(page, word):
        page.save_revision(user=request.user, log_action=True)
        messages.success(request, _t("“%(term)s” is explained now.") % {"term": word.term})
    else:
        messages.warning(request, _t("The word does not stand in the text any more."))
    return redirect("wagtailadmin_pages:edit", page_id)


@hooks.register("register_admin_urls")
def quality_urls() -> list[URLPattern]:
    address = "library/<int:page_id>/explain/<slug:key>/"
    return [path(address, link_word_view, name="library_explain")]


@hooks.register("insert_global_admin_css")
def admin_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))

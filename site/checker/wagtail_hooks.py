"""What the checker adds to the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from checker import log_actions
from checker.admin.after_save import tell_the_editor
from checker.admin.permissions import WORKBENCH
from checker.admin.viewsets import (
    CaseViewSet,
    CauseViewSet,
    QuestionViewSet,
    RuleViewSet,
    SignViewSet,
    WorkingCopyViewSet,
)
from checker.public.changes import release_changes
from library.machines import history


class CheckerGroup(SnippetViewSetGroup):
    """The working copy, with workbench and releases in the same menu."""

    menu_label = _("Checker")
    menu_name = "symptom-checker"
    menu_icon = "tasks"
    menu_order = 160
    submenu_hook = "register_checker_menu_item"
    items = (
        QuestionViewSet,
        RuleViewSet,
        SignViewSet,
        CauseViewSet,
        CaseViewSet,
        WorkingCopyViewSet,
    )


register_snippet(CheckerGroup)


class CheckerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(WORKBENCH)


@hooks.register("register_checker_menu_item")
def workbench_item() -> MenuItem:
    url = reverse("checker_admin:index")
    return CheckerMenuItem(_("Checker workbench"), url, icon_name="tasks", order=0)


@hooks.register("register_checker_menu_item")
def proposals_item() -> MenuItem:
    url = reverse("checker_admin:proposals")
    return CheckerMenuItem(_("Proposals"), url, icon_name="upload", order=90)


@hooks.register("register_checker_menu_item")
def releases_item() -> MenuItem:
    url = reverse("checker_admin:releases")
    return CheckerMenuItem(_("Releases"), url, icon_name="history", order=91)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("checker/", include("checker.admin.urls"))]


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/checker-admin.css"))


@hooks.register("register_log_actions")
def actions(registry: LogActionRegistry) -> None:
    log_actions.register(registry)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def after_save(request: HttpRequest, instance: object) -> None:
    tell_the_editor(request, instance)


@hooks.register("after_delete_snippet")
def after_delete(request: HttpRequest, instances: list[object]) -> None:
    if instances:
        tell_the_editor(request, instances[0])


hooks.register(history.HOOK, release_changes)

"""What every page of the checker's admin has at its top."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

Crumb = dict[str, Any]


def crumbs(page: str = "") -> list[Crumb]:
    """The way to this page, which comes last and is no link; the workbench itself where none."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("checker_admin:index"), "label": _("Checker workbench")},
    ]
    return [*way, {"url": "", "label": page}] if page else way


def page_head(title: str) -> dict[str, Any]:
    return {"breadcrumbs_items": crumbs(title), "header_title": title}

"""Our rules in Wagtail's own content checker (the “Checks” panel and the bar on previews)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

FIGURE_NAMED = "causeway-figure-named"


class ClinicalContentChecker(ContentCheckerItem):
    """Wagtail's rules, those of axe that our blocks could break, and one of our own."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        *("image-alt", "list", "listitem", "color-contrast", "target-size"),
        FIGURE_NAMED,
    ]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": FIGURE_NAMED,
            "impact": "serious",
            "selector": "figure svg",
            "tags": ["best-practice"],
            "any": ["aria-label", "aria-labelledby"],
            "enabled": True,
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        FIGURE_NAMED: {
            "error_name": _("A drawing has no title"),
            "help_text": _("Give it a title and a description in figures.toml"),
        },
        "color-contrast": {
            "error_name": _("Words are hard to see against their ground"),
            "help_text": _("Choose a darker brand colour in the settings"),
        },
    }


@hooks.register("construct_wagtail_userbar")
def use_our_checker(_request: HttpRequest, items: list[Any], _page: Any) -> None:
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = ClinicalContentChecker(in_editor=item.in_editor)

"""What our own entries in a page's history say."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from library.publishing.guard import LOG_ACTION as REFUSED


@hooks.register("register_log_actions")
def library_log_actions(actions: Any) -> None:
    @actions.register_action(REFUSED)
    class PublishRefused(LogFormatter):
        label = _("Publishing was refused")

        def format_message(self, entry: Any) -> str:
            return _t("Not published: %(reasons)s") % {
                "reasons": " ".join(entry.data.get("reasons", []))
            }

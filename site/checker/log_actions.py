"""What the audit log says about releases. Registered with Wagtail from ``wagtail_hooks``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

LABELS = {
    "checker.propose": _("Propose a release"),
    "checker.approve": _("Approve a release"),
    "checker.reject": _("Reject a release"),
    "checker.withdraw": _("Withdraw a proposal"),
    "checker.take_down": _("Take the checker down"),
    "checker.open": _("Open the checker again"),
}
MESSAGES = {
    "checker.propose": _("Proposed the rules %(hash)s: %(note)s"),
    "checker.approve": _("Approved release %(release)s (rules %(hash)s): %(note)s"),
    "checker.reject": _("Rejected the rules %(hash)s: %(note)s"),
    "checker.withdraw": _("Withdrew the rules %(hash)s: %(note)s"),
    "checker.take_down": _("Took the checker down: %(reason)s"),
    "checker.open": _("Opened the checker again: %(reason)s"),
}


def register(actions: LogActionRegistry) -> None:
    for action, label in LABELS.items():
        actions.register_action(action)(_formatter(action, label))


def _formatter(action: str, label: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return str(MESSAGES[action] % log_entry.data)

    Formatter.label = label
    return Formatter

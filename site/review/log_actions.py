"""What reviewing leaves in the audit log, in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

#: Action → its label, and its message with names out of the entry's data.
ACTIONS = {
    "review.sign_off": (
        _("Sign off"),
        _("Signed off by %(signer)s. Review again by %(until)s. %(comment)s"),
    ),
    "review.not_clinical": (
        _("Mark as not clinical"),
        _("%(signer)s: the changes are not clinical. %(reason)s"),
    ),
    "review.request": (_("Ask for a review"), _("Review asked for by %(due)s. %(reason)s")),
    "review.owner": (_("Change owner"), _("Owner is now %(owner)s.")),
    "review.invitation.create": (
        _("Invite a reviewer"),
        _("Invited %(reviewer)s to review. The link ends on %(until)s."),
    ),
    "review.invitation.open": (
        _("Open a review link"),
        _("The link sent to %(reviewer)s was opened."),
    ),
    "review.invitation.withdraw": (
        _("Withdraw a review link"),
        _("Withdrew the link sent to %(reviewer)s."),
    ),
    "review.invitation.changes": (
        _("Answer by review link"),
        _("%(answered_as)s asked for changes, by the link sent to %(reviewer)s. %(comment)s"),
    ),
}


class DataMessage(LogFormatter):
    """Fills the entry's data into a message."""

    pattern: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.pattern) % {**log_entry.data}


def register(registry: LogActionRegistry) -> None:
    for action, (label, pattern) in ACTIONS.items():
        decorate: Callable[[type], None] = registry.register_action(action)
        decorate(type("_Message", (DataMessage,), {"label": label, "pattern": pattern}))

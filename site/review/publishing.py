"""What happens when the last task of a workflow is done (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail asks the last person for the right to publish. Clinicians have none: they publish by signing
and in no other way. Wagtail reads this module before any model is ready, so it imports inside.
"""

from typing import Any


class NotPublishable(Exception):  # noqa: N818 - a refusal, no error of the program
    """A page refuses to be shown to readers as it is. Pages raise it from their ``publish``."""


def publish_what_was_signed(workflow_state: Any, user: Any = None) -> None:
    """Publish the newest version; the signature on that very version stands in for the right."""
    from review.models import NotClinicalChange, SignOff

    revision = workflow_state.content_object.get_latest_revision()
    signed = any(
        rows.filter(revision=revision).exists()
        for rows in (SignOff.objects, NotClinicalChange.objects)
    )
    revision.publish(user=user, skip_permission_checks=signed)

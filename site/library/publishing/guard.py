from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from wagtail.log_actions import log

from library.loader.problems import ContentError, Problem
from review.publishing import NotPublishable

if TYPE_CHECKING:
    from library.audit.finding import Finding

LOG_ACTION = "library.publish_refused"
_BY_TIMER = "wagtail.publish.scheduled"


class PublishRefused(ContentError, NotPublishable):  # noqa: N818 - a refusal, no error of the program
    """A page was to be published that readers must not see like this.

    To the loader it is one more file that cannot be loaded; to the admin a message.
    """

    def __init__(self, page: Any, findings: "Sequence[Finding]") -> None:
        self.page, self.findings = page, findings
        super().__init__(Problem(str(page), 0, line) for line in self.lines)

    @property
    def lines(self) -> list[str]:
        return [said(finding) for finding in self.findings]


def said(finding: "Finding") -> str:
    place = f"{finding.place}: " if finding.place else ""
    return f"{place}{finding.reason} {finding.mend}"


class GuardedPublish(models.Model):
    """Every way of publishing a page in Wagtail but one ends in ``publish``; that one, the button
    in the editor, asks ``before_publish_page`` first (see ``wagtail_hooks/publishing.py``).
    """

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        from library.publishing.reasons import reasons_against

        page = revision.as_object()
        findings = reasons_against(page)
        if not findings:
            # Wagtail saves page, history and workflow one by one. Killed between, a page would be
            # public and its history would not know.
            with transaction.atomic():
                return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
        refused = PublishRefused(page, findings)
        if kwargs.get("log_action") != _BY_TIMER:
            raise refused
        # Nobody is there to be told, and an error would hold up every page after this one. So its
        # date is taken off, the draft stays, and the page's history says why.
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(self, LOG_ACTION, data={"reasons": refused.lines}, revision=revision)
        return None

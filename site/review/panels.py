"""Where a page stands with its reviewers, in the editor."""

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import Page

from review.models import NotClinicalChange, ReviewInvitation, ReviewRequest, SignOff
from review.signing import is_signing, why_not_sign
from review.status import status_of


class ReviewPanel(Panel):
    """Shows, and changes nothing: signing happens in the workflow."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "review/admin/panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page: Page = self.instance
            user = self.request.user
            sign_offs = SignOff.objects.filter(page_id=page.pk)
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {
                **context,
                "page": page,
                "status": status_of(page.pk, _live_revision(page)),
                "months": page.review_months,
                "sign_offs": sign_offs,
                "small_changes": NotClinicalChange.objects.filter(sign_off__in=sign_offs),
                "requests": ReviewRequest.objects.filter(page_id=page.pk),
                "invitations": ReviewInvitation.objects.filter(page_id=page.pk),
                "why_not": why_not_sign(page, user) if is_signing(user) else "",
                "may_invite": user.has_perm("review.add_reviewinvitation"),
                "may_ask": user.has_perm("review.add_reviewrequest"),
            }


def _live_revision(page: Page) -> int | None:
    """From the database: what the editor holds is a draft, and may remember an older one."""
    return Page.objects.filter(pk=page.pk).values_list("live_revision", flat=True).first()

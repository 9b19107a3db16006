"""Bringing a page back to the review list before its date."""

from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from review.models import ReviewRequest


def ask_for_review(
    page: Any, reason: str, due: date | None = None, user: Any | None = None
) -> ReviewRequest:
    """Put a page on the review list, due today unless said otherwise. It leaves the list when it is
    signed again. Other parts of the site call this too: a source was withdrawn, a link has died.
    """
    request: ReviewRequest = ReviewRequest.objects.create(
        page_id=page.pk, reason=reason, due=due or timezone.localdate(), user=user
    )
    log(
        instance=page.specific,
        action="review.request",
        user=user,
        data={"reason": reason, "due": request.due.isoformat()},
    )
    return request

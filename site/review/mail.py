"""Mail that reviewing sends. A mail that fails never undoes what it tells of."""

import logging
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string

from review.models import ReviewInvitation

logger = logging.getLogger(__name__)


def deliver(template: str, address: str, context: dict[str, Any]) -> bool:
    """Send one of our plain-text mails; its first line is the subject. False if it did not go."""
    text = render_to_string(f"review/email/{template}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    try:
        return bool(send_mail(subject, body.strip() + "\n", None, [address]))
    except OSError:  # what smtplib raises for every way of failing
        logger.exception("A review mail could not be sent")
        return False


def send_link(invitation: ReviewInvitation, link: str) -> bool:
    return deliver("invitation", invitation.email, {"invitation": invitation, "link": link})


def tell_inviter(invitation: ReviewInvitation) -> None:
    address = invitation.invited_by.email if invitation.invited_by else ""
    if address:
        deliver("answered", address, {"invitation": invitation})

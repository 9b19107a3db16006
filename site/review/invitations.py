"""A link for a clinician without an account: made once, kept only as a hash, used once.

The link is signed, so a guessed or damaged one is turned away before the database is asked. What is
behind it is random and stored as a hash, so nobody can read a working link out of the database.
"""

import contextlib
import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log
from wagtail.models import TaskState

from review.authors import authors_to_sign
from review.models import ClinicalSignOffTask, ReviewInvitation
from review.publishing import NotPublishable
from review.signing import Signer, sign

SALT = "review.invitation"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _log(invitation: ReviewInvitation, action: str, user: Any = None, **data: Any) -> None:
    log(
        instance=invitation.page.specific,
        action=f"review.invitation.{action}",
        user=user,
        revision=invitation.revision,
        data={"reviewer": str(invitation), **data},
    )


@transaction.atomic
def invite(invitation: ReviewInvitation, page: Any, user: Any, lasts: timedelta) -> str:
    """Save an invitation to the newest version of a page. Returns its link, for this once."""
    token = secrets.token_urlsafe(32)
    invitation.page_id, invitation.revision = page.pk, page.latest_revision
    invitation.revision_saved = invitation.revision.created_at
    invitation.invited_by, invitation.token_hash = user, _hash(token)
    invitation.expires_at = timezone.now() + lasts
    invitation.save()
    _log(invitation, "create", user, until=invitation.expires_at.isoformat())
    key = signing.Signer(salt=SALT).sign(token)
    return f"{get_admin_base_url() or ''}{reverse('review:outside', args=[key])}"


def find(key: str) -> ReviewInvitation | None:
    """The invitation behind a link, whatever has become of it since."""
    try:
        token = signing.Signer(salt=SALT).unsign(key)
    except signing.BadSignature:
        return None
    invitations = ReviewInvitation.objects.select_related("page", "revision", "invited_by")
    return invitations.filter(token_hash=_hash(token)).first()


def opened(invitation: ReviewInvitation) -> None:
    """Put the first reading on record."""
    first = ReviewInvitation.objects.filter(pk=invitation.pk, opened_at=None)
    if first.update(opened_at=timezone.now()):
        _log(invitation, "open")


def withdraw(invitation: ReviewInvitation, user: Any) -> bool:
    now = timezone.now()
    done = ReviewInvitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=now)
    if done:
        _log(invitation, "withdraw", user)
    return bool(done)


def refused_addresses(page: Any, user: Any) -> frozenset[str]:
    """E-mail addresses that may not be invited: the inviter's own, and those of the authors."""
    found = authors_to_sign(page, page.latest_revision).values_list("email", flat=True)
    return frozenset(email.casefold() for email in (*found, user.email) if email)


def why_not_sign_outside(invitation: ReviewInvitation, visitor: Any, name: str = "") -> str:
    """Why this link cannot be used to sign, in words; empty if it can."""
    page, revision = invitation.page, invitation.revision
    current = revision.pk in (page.latest_revision_id, page.live_revision_id)
    if not current or revision.created_at != invitation.revision_saved:
        return _("The page has changed since this link was made. You can still send a comment.")
    insiders = [*authors_to_sign(page, revision), invitation.invited_by]
    if any(_is(person, invitation, visitor, name) for person in insiders if person):
        return _("Nobody signs what they wrote, or an invitation that they sent themselves.")
    return ""


def _is(person: Any, invitation: ReviewInvitation, visitor: Any, name: str) -> bool:
    """Whether somebody who wrote or invited is at the other end: by account, address or name."""
    same_name = bool(name.strip()) and name.strip().casefold() == person.get_full_name().casefold()
    same_address = person.email.casefold() == invitation.email.casefold()
    return same_name or same_address or person.pk == visitor.pk


@transaction.atomic
def answer(invitation: ReviewInvitation, cleaned: dict[str, str], visitor: Any) -> bool:
    """Use the link up and act on the answer. False if somebody was quicker with the same link."""
    now = timezone.now()
    if not ReviewInvitation.objects.open(now).filter(pk=invitation.pk).update(used_at=now):
        return False
    signer = Signer(
        cleaned["name"],
        cleaned["profession"],
        cleaned["registration"],
        invited_by=invitation.invited_by,
    )
    invitation.refresh_from_db()
    invitation.outcome, invitation.comment = cleaned["answer"], cleaned["comment"]
    invitation.answered_as = str(signer)
    if invitation.outcome == ReviewInvitation.Outcome.SIGNED:
        _sign(invitation, signer, visitor)
    else:
        _ask_for_changes(invitation)
    invitation.save()
    return True


def _sign(invitation: ReviewInvitation, signer: Signer, visitor: Any) -> None:
    if why_not_sign_outside(invitation, visitor, signer.name):
        raise PermissionDenied
    page = invitation.page.specific
    invitation.sign_off = sign(page, invitation.revision, signer, comment=invitation.comment)
    state = _waiting(invitation)
    if state is not None and invitation.revision_id == page.latest_revision_id:
        state.revision = invitation.revision
        _approve(state, _record(invitation))


def _approve(state: TaskState, comment: str) -> None:
    """Publish, if the page lets itself be published. If not, the signature is still on record: its
    giver can do nothing about a missing card, and the editors find the reason when they publish.
    """
    with contextlib.suppress(NotPublishable), transaction.atomic():
        state.approve(user=None, comment=comment)


def _ask_for_changes(invitation: ReviewInvitation) -> None:
    _log(invitation, "changes", answered_as=invitation.answered_as, comment=invitation.comment)
    state = _waiting(invitation)
    if state is not None:
        state.reject(user=None, comment=_record(invitation))


def _record(invitation: ReviewInvitation) -> str:
    """The workflow has no place for somebody without an account, so the comment says who."""
    return "\n".join(filter(None, [f"{invitation.answered_as}.", invitation.comment]))


def _waiting(invitation: ReviewInvitation) -> TaskState | None:
    """The page's sign-off task, if it waits for one."""
    state = invitation.page.specific.current_workflow_task_state
    if state is not None and isinstance(state.task.specific, ClinicalSignOffTask):
        found: TaskState = state
        return found
    return None

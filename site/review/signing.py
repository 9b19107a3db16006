"""The rules of signing, in one place: every way to sign comes through here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from review.authors import authors, authors_to_sign, last_sign_off
from review.dates import default_until
from review.models.clinician import ClinicianProfile
from review.models.sign_off import NotClinicalChange, SignOff


@dataclass(frozen=True)
class Signer:
    """Who signs, as it goes on record."""

    name: str
    profession: str
    registration: str
    user: Any | None = None
    invited_by: Any | None = None

    @classmethod
    def of(cls, user: Any) -> "Signer":
        profile = profile_of(user)
        if profile is None:
            raise PermissionDenied
        return cls(profile.name, profile.profession, profile.registration, user=user)

    def __str__(self) -> str:
        return f"{self.name}, {self.profession}, {self.registration}"


def profile_of(user: Any) -> ClinicianProfile | None:
    return ClinicianProfile.objects.filter(user_id=user.pk).first()


def is_signing(user: Any) -> bool:
    """Whether signing is this person's work: a member of a group that a sign-off task asks."""
    member: bool = user.groups.filter(clinicalsignofftask__active=True).exists()
    return member


def why_not_sign(page: Any, user: Any) -> str:
    """Why this person may not sign what was written last, in words; empty if they may."""
    if profile_of(user) is None:
        return _("Add your name, profession and registration to your account first.")
    if authors_to_sign(page, page.latest_revision).filter(pk=user.pk).exists():
        return _("You wrote part of this page. Somebody else must sign it.")
    return ""


def why_not_mark(page: Any, user: Any) -> str:
    """Why this person may not call the last changes “not clinical”; empty if they may."""
    sign_off = last_sign_off(page)
    if sign_off is None:
        return _("Nobody has signed this page yet. It needs a sign-off.")
    if profile_of(user) is None:
        return _("Add your name, profession and registration to your account first.")
    covered = sign_off.covered_revision_id
    if not page.latest_revision_id or page.latest_revision_id <= covered:
        return _("Nothing has changed since the sign-off.")
    if authors(page, sign_off, covered).filter(pk=user.pk).exists():
        return _("You made these changes. Somebody else must say what they are.")
    return ""


def version(revision: Any) -> str:
    """Names what was read. An autosave may write into a revision again, so its time counts too."""
    return f"{revision.pk}:{revision.created_at.isoformat()}"


def check_version(page: Any, read: str) -> None:
    """Nobody signs what came in after they had opened the page to read it."""
    if version(page.latest_revision) != read:
        raise PermissionDenied(_("The page changed while you were reading. Read it again."))


def sign(
    page: Any, revision: Any, signer: Signer, valid_until: date | None = None, comment: str = ""
) -> SignOff:
    """Record that a clinician vouches for this version. Whether they may is asked before."""
    sign_off: SignOff = SignOff.objects.create(
        page_id=page.pk,
        revision=revision,
        user=signer.user,
        invited_by=signer.invited_by,
        name=signer.name,
        profession=signer.profession,
        registration=signer.registration,
        comment=comment,
        valid_until=valid_until or default_until(page),
    )
    log(
        instance=page,
        action="review.sign_off",
        user=signer.user,
        revision=revision,
        data={
            "signer": str(signer),
            "until": sign_off.valid_until.isoformat(),
            "comment": comment,
            "by_invitation": signer.invited_by is not None,
        },
    )
    return sign_off


def mark_not_clinical(page: Any, revision: Any, user: Any, reason: str) -> NotClinicalChange:
    """Let the last sign-off stand for this version too. Its date stays."""
    sign_off = last_sign_off(page)
    if sign_off is None:
        raise PermissionDenied
    signer = Signer.of(user)
    change: NotClinicalChange = NotClinicalChange.objects.create(
        sign_off=sign_off, revision=revision, user=user, name=signer.name, reason=reason
    )
    log(
        instance=page,
        action="review.not_clinical",
        user=user,
        revision=revision,
        data={"signer": str(signer), "reason": reason},
    )
    return change

"""The way from the working copy to the public: one person proposes, another approves.

Views, commands and tests all come through here. The gate itself is in ``Release.save``.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from checker.models import Checker, Release, ReleaseProposal, ReleaseRefused, WorkingCopy
from checker.models.release import digest_of
from checker.working_copy.documents import crowd_of, documents_of
from checker.working_copy.report import make_report

State = ReleaseProposal.State


class ProposalRefused(Exception):  # noqa: N818 - it reads as what it is
    """This step cannot be taken. The message says why and what to do."""


@transaction.atomic
def propose(
    working_copy: WorkingCopy, author: User, note: str, lower_reason: str = ""
) -> ReleaseProposal:
    """Freeze the working copy as a proposal."""
    documents, crowd = documents_of(working_copy), crowd_of(working_copy)
    return _propose(working_copy.checker, documents, crowd, author, note, lower_reason)


@transaction.atomic
def propose_to_restore(
    release: Release, author: User, note: str, lower_reason: str = ""
) -> ReleaseProposal:
    """Propose the rules of an older release once more. They go through the gate of today."""
    checker = release.checker
    if checker.live_id == release.pk:
        raise ProposalRefused(_("This release is live already."))
    return _propose(
        checker, release.snapshot, release.crowd, author, note, lower_reason, restores=release
    )


def _propose(
    checker: Checker,
    documents: dict[str, Any],
    crowd: dict[str, Any],
    author: User,
    note: str,
    lower_reason: str,
    restores: Release | None = None,
) -> ReleaseProposal:
    if not note.strip():
        raise ProposalRefused(_("Say in a note what changes and why."))
    digest = digest_of(documents)
    if checker.live is not None and checker.live.digest == digest:
        raise ProposalRefused(_("Nothing to propose: these are the live rules."))
    report = make_report(documents, crowd, checker.live)
    if not report["passed"]:
        raise ProposalRefused(_("The gate found something to mend first. See the workbench."))
    if report["lowers"] and not lower_reason.strip():
        raise ProposalRefused(
            _("Somebody would be given a lower level than now. Confirm it and say why it is safe.")
        )
    proposal = ReleaseProposal.objects.create(
        checker=checker,
        snapshot=documents,
        crowd=crowd,
        digest=digest,
        report=report,
        base=checker.live,
        restores=restores,
        note=note,
        lowers=report["lowers"],
        lower_reason=lower_reason if report["lowers"] else "",
        author=author,
    )
    _log("checker.propose", proposal, author)
    return proposal


@transaction.atomic
def approve(
    proposal: ReleaseProposal, approver: User, answer: str = "", lower_ok: bool = False
) -> Release:
    """Make the release and set it live, both or neither. Nobody approves their own."""
    proposal = _locked(proposal)
    checker = proposal.checker
    if proposal.author_id == approver.pk:
        raise ProposalRefused(_("Nobody approves their own release. Ask a second person."))
    if proposal.base_id != checker.live_id:
        raise ProposalRefused(
            _("Another release went live since this was proposed. Ask for a new proposal.")
        )
    if digest_of(proposal.snapshot) != proposal.digest:
        raise ProposalRefused(_("The proposal was changed in the database. Ask for a new one."))
    if proposal.lowers and not lower_ok:
        raise ProposalRefused(_("Confirm that you have read who gets a lower level, and agree."))
    release = _release(proposal, approver)
    checker.live = release
    checker.title = str(release.snapshot["questions"]["title"])
    checker.save()
    proposal.release = release
    _decide(proposal, State.APPROVED, approver, answer)
    _log("checker.approve", proposal, approver, release=release.number)
    return release


def _release(proposal: ReleaseProposal, approver: User) -> Release:
    last = proposal.checker.releases.aggregate(last=Max("number"))["last"] or 0
    note = proposal.note
    if proposal.lowers:
        note = f"{note}\n\n{_('Why lower urgency is safe:')} {proposal.lower_reason}"
    release = Release(
        checker=proposal.checker,
        number=last + 1,
        snapshot=proposal.snapshot,
        crowd=proposal.crowd,
        note=note,
        author=proposal.author,
        approver=approver,
    )
    try:
        release.save()
    except ReleaseRefused as error:
        raise ProposalRefused(str(error)) from error
    return release


@transaction.atomic
def reject(proposal: ReleaseProposal, decider: User, answer: str) -> None:
    proposal = _locked(proposal)
    if not answer.strip():
        raise ProposalRefused(_("Say why, so that the proposal can be mended."))
    _decide(proposal, State.REJECTED, decider, answer)
    _log("checker.reject", proposal, decider)


@transaction.atomic
def withdraw(proposal: ReleaseProposal, author: User) -> None:
    proposal = _locked(proposal)
    if proposal.author_id != author.pk:
        raise ProposalRefused(_("Only the person who proposed it can withdraw it."))
    _decide(proposal, State.WITHDRAWN, author, "")
    _log("checker.withdraw", proposal, author)


def _locked(proposal: ReleaseProposal) -> ReleaseProposal:
    """The proposal as it is now, held until the end of the transaction, and its checker with it."""
    fresh = ReleaseProposal.objects.select_for_update().get(pk=proposal.pk)
    if not fresh.is_open:
        raise ProposalRefused(_("This proposal was decided already."))
    fresh.checker = Checker.objects.select_for_update().get(pk=fresh.checker_id)
    return fresh


def _decide(
    proposal: ReleaseProposal, state: ReleaseProposal.State, decider: User, answer: str
) -> None:
    proposal.state, proposal.answer = state, answer
    proposal.decider, proposal.decided = decider, timezone.now()
    proposal.save()


@transaction.atomic
def switch(checker: Checker, user: User, down: bool, reason: str) -> None:
    """Take the checker down to its static page, or open it again."""
    if not reason.strip():
        raise ProposalRefused(_("Say why, for your colleagues."))
    checker = Checker.objects.select_for_update().get(pk=checker.pk)
    checker.is_down = down
    checker.save()
    action = "checker.take_down" if down else "checker.open"
    log(instance=checker, action=action, user=user, data={"reason": reason})


def _log(action: str, proposal: ReleaseProposal, user: User, **more: Any) -> None:
    data = {"proposal": proposal.pk, "note": proposal.note, "hash": proposal.digest[:8], **more}
    log(instance=proposal.checker, action=action, user=user, data=data)

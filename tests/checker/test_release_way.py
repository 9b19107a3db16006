"""The way of a release: proposed by one person, approved by another, immutable ever after."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from checker.models import (
    Checker,
    CheckerCase,
    CheckerQuestion,
    CheckerRule,
    Release,
    ReleaseProposal,
    ReleaseRefused,
    WorkingCopy,
)
from checker.proposals import (
    ProposalRefused,
    approve,
    propose,
    propose_to_restore,
    reject,
    switch,
    withdraw,
)
from checker.releases import live_release

WHY = "The guideline says so."


@pytest.fixture
def reworded(legs: WorkingCopy) -> WorkingCopy:
    """A change that gives nobody different advice."""
    CheckerQuestion.objects.filter(key="desk").update(why="We ask because sitting matters.")
    return legs


@pytest.fixture
def lowering(legs: WorkingCopy) -> WorkingCopy:
    """A green working copy in which older people may care for themselves."""
    from checker.models import CheckerOption, RuleCondition

    old = CheckerOption.objects.get(asked__key="age", key="old")
    home = CheckerRule.objects.get(key="home")
    RuleCondition.objects.create(item=home, question=old.asked, option=old)
    CheckerCase.objects.filter(key="old").update(level="self_care")
    return legs


def test_a_release_needs_two_people(reworded: WorkingCopy, clinician: User, lead: User) -> None:
    proposal = propose(reworded, clinician, WHY)
    with pytest.raises(ProposalRefused, match="Nobody approves their own"):
        approve(proposal, clinician)
    release = approve(proposal, lead, "Read and agreed.")
    assert (release.number, release.author, release.approver) == (2, clinician, lead)
    live = live_release("legs")
    assert live is not None
    assert (live.number, live.digest) == (2, proposal.digest)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decider, proposal.release) == ("approved", lead, release)


def test_superusers_do_not_approve_their_own(reworded: WorkingCopy, client: Client) -> None:
    root = User.objects.create_superuser("root", "root@example.org", "x")
    proposal = propose(reworded, root, WHY)
    client.force_login(root)
    page = f"/admin/checker/proposals/{proposal.pk}/"
    assert "so a second person decides" in client.get(page).content.decode()
    client.post(page, {"step": "approve", "answer": ""})
    with pytest.raises(ProposalRefused):
        approve(proposal, root)
    proposal.refresh_from_db()
    assert proposal.is_open
    assert Release.objects.count() == 1


def test_the_database_itself_wants_two_people(
    reworded: WorkingCopy, clinician: User, lead: User
) -> None:
    proposal = propose(reworded, clinician, WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseProposal.objects.filter(pk=proposal.pk).update(state="approved", decider=clinician)
    with pytest.raises(ReleaseRefused, match="own release"):
        Release.objects.create(
            checker=reworded.checker,
            number=2,
            snapshot=proposal.snapshot,
            note=WHY,
            author=lead,
            approver=lead,
        )


def test_what_is_approved_is_what_was_proposed(
    reworded: WorkingCopy, clinician: User, lead: User
) -> None:
    proposal = propose(reworded, clinician, WHY)
    CheckerRule.objects.filter(key="lung").update(level="soon")
    release = approve(proposal, lead)
    assert release.digest == proposal.digest
    assert release.snapshot["rules"]["rule"][0]["level"] == "emergency"


def test_lowered_urgency_needs_its_own_reason_and_its_own_tick(
    lowering: WorkingCopy, clinician: User, lead: User
) -> None:
    with pytest.raises(ProposalRefused, match="lower level"):
        propose(lowering, clinician, WHY)
    proposal = propose(lowering, clinician, WHY, lower_reason="See NG59.")
    assert proposal.lowers
    with pytest.raises(ProposalRefused, match="Confirm"):
        approve(proposal, lead)
    assert "See NG59." in approve(proposal, lead, lower_ok=True).note


def test_lowered_urgency_in_the_forms(
    lowering: WorkingCopy, admin: Client, client: Client, lead: User
) -> None:
    page = admin.get("/admin/checker/legs/propose/").content.decode()
    assert "Lower urgency." in page
    admin.post("/admin/checker/legs/propose/", {"note": WHY})
    assert not ReleaseProposal.objects.exists()
    admin.post(
        "/admin/checker/legs/propose/",
        {"note": WHY, "lower_ok": "on", "lower_reason": "See NG59."},
    )
    proposal = ReleaseProposal.objects.get()
    client.force_login(lead)
    decision = f"/admin/checker/proposals/{proposal.pk}/"
    client.post(decision, {"step": "approve", "answer": ""})
    assert Release.objects.count() == 1
    client.post(decision, {"step": "approve", "answer": "", "lower_ok": "on"})
    assert Release.objects.count() == 2


def test_a_proposal_that_was_overtaken_is_not_approved(
    reworded: WorkingCopy, clinician: User, lead: User
) -> None:
    first = propose(reworded, clinician, WHY)
    CheckerQuestion.objects.filter(key="desk").update(hint="At work.")
    second = propose(reworded, clinician, WHY)
    approve(second, lead)
    with pytest.raises(ProposalRefused, match="Another release went live"):
        approve(first, lead)


def test_nothing_happens_to_a_proposal_twice(
    reworded: WorkingCopy, clinician: User, lead: User
) -> None:
    proposal = propose(reworded, clinician, WHY)
    with pytest.raises(ProposalRefused, match="Say why"):
        reject(proposal, lead, " ")
    reject(proposal, lead, "Name the guideline.")
    for step in (
        lambda: approve(proposal, lead),
        lambda: reject(proposal, lead, "Again."),
        lambda: withdraw(proposal, clinician),
    ):
        with pytest.raises(ProposalRefused, match="decided already"):
            step()


def test_only_its_author_withdraws_a_proposal(
    reworded: WorkingCopy, clinician: User, lead: User
) -> None:
    proposal = propose(reworded, clinician, WHY)
    with pytest.raises(ProposalRefused):
        withdraw(proposal, lead)
    withdraw(proposal, clinician)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


@pytest.mark.parametrize(("note", "why"), [("", "note"), (WHY, "Nothing to propose")])
def test_a_proposal_needs_a_note_and_a_change(
    legs: WorkingCopy, clinician: User, note: str, why: str
) -> None:
    with pytest.raises(ProposalRefused, match=why):
        propose(legs, clinician, note)


def test_an_older_release_is_put_back_as_a_new_one(
    reworded: WorkingCopy, clinician: User, lead: User
) -> None:
    approve(propose(reworded, clinician, WHY), lead)
    first = Release.objects.get(number=1)
    release = approve(propose_to_restore(first, clinician, "Back."), lead)
    assert (release.number, release.digest) == (3, first.digest)
    assert Checker.objects.get().live == release
    with pytest.raises(ProposalRefused, match="live already"):
        propose_to_restore(release, clinician, "Again.")


def test_an_old_release_that_fails_the_gate_of_today_is_not_put_back(
    reworded: WorkingCopy, clinician: User, lead: User, sourced: Any
) -> None:
    approve(propose(reworded, clinician, WHY), lead)
    type(sourced).objects.filter(pk=sourced.pk).update(key="RETRACTED")
    with pytest.raises(ProposalRefused, match="gate"):
        propose_to_restore(Release.objects.get(number=1), clinician, "Back.")


def test_any_two_releases_are_compared_in_words(
    lowering: WorkingCopy, admin: Client, clinician: User, lead: User
) -> None:
    approve(propose(lowering, clinician, WHY, "See NG59."), lead, lower_ok=True)
    page = " ".join(admin.get("/admin/checker/legs/compare/?from=1&to=2").content.decode().split())
    assert "Lower urgency." in page
    assert "would be <em>Self-care</em>" in page
    assert "<ins>swelling: no; age: young, middle, old</ins>" in page
    back = admin.get("/admin/checker/legs/compare/?from=2&to=1").content.decode()
    assert "Lower urgency." not in back
    assert admin.get("/admin/checker/legs/compare/?from=1&to=9").status_code == 404
    assert admin.get("/admin/checker/legs/compare/").status_code == 404


def test_releases_are_listed_with_author_approver_and_gate(
    reworded: WorkingCopy, admin: Client, clinician: User, lead: User
) -> None:
    release = approve(propose(reworded, clinician, WHY), lead)
    page = admin.get("/admin/checker/releases/").content.decode()
    for text in ("anna", "lena", release.digest[:8], "6 rules", WHY):
        assert text in page
    own = admin.get("/admin/checker/legs/releases/2/").content.decode()
    assert release.digest in own
    assert "11 exact" in own


def test_the_switch_takes_the_checker_down_and_is_logged(
    legs: WorkingCopy, admin: Client, client: Client, lead: User
) -> None:
    admin.post("/admin/checker/legs/switch/", {"reason": ""})
    assert not Checker.objects.get().is_down
    admin.post("/admin/checker/legs/switch/", {"reason": "A doubt about calves."})
    assert Checker.objects.get().is_down
    assert "When to get help" in Client().get("/symptom-checker/legs/").content.decode()
    admin.post("/admin/checker/legs/switch/", {"reason": "Only a lead opens it."})
    assert Checker.objects.get().is_down
    switch(Checker.objects.get(), lead, down=False, reason="Checked.")
    assert not Checker.objects.get().is_down
    actions = ModelLogEntry.objects.filter(action__startswith="checker.")
    assert {entry.action for entry in actions} == {"checker.take_down", "checker.open"}


def test_every_step_stands_in_the_audit_log(
    reworded: WorkingCopy, admin: Client, clinician: User, lead: User
) -> None:
    approve(propose(reworded, clinician, WHY), lead)
    root = User.objects.create_superuser("root", "root@example.org", "x")
    admin.force_login(root)
    page = admin.get("/admin/reports/site-history/").content.decode()
    assert "Approved release 2" in page
    assert "Proposed the rules" in page


@pytest.mark.parametrize(
    "address",
    [
        "",
        "proposals/",
        "releases/",
        "legs/",
        "legs/files.zip",
        "legs/propose/",
        "legs/switch/",
        "legs/compare/?from=1&to=1",
        "legs/releases/1/",
        "legs/releases/1/restore/",
        "try/legs/",
    ],
)
def test_editors_of_pages_do_not_reach_the_rules(
    legs: WorkingCopy, client: Client, address: str
) -> None:
    editor = User.objects.create_user("ed", "ed@example.org", "x")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert client.get(f"/admin/checker/{address}").status_code == 302
    assert "/login/" in Client().get(f"/admin/checker/{address}")["Location"]


def test_a_clinician_proposes_but_does_not_approve(
    reworded: WorkingCopy, client: Client, clinician: User
) -> None:
    other = User.objects.create_user("otto", "otto@example.org", "x")
    other.groups.set(clinician.groups.all())
    proposal = propose(reworded, other, WHY)
    client.force_login(clinician)
    page = f"/admin/checker/proposals/{proposal.pk}/"
    assert "A safety lead decides" in client.get(page).content.decode()
    client.post(page, {"step": "approve", "answer": ""})
    client.post(f"{page}reject/", {"answer": "No."})
    proposal.refresh_from_db()
    assert proposal.is_open

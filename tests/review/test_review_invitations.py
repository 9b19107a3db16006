"""A reviewer without an account: one link, one answer, nothing to replay."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from library.audit.finding import Finding
from review import invitations
from review.models import ReviewInvitation, SignOff

if TYPE_CHECKING:
    from review_desk import Desk

WHO = {"name": "Dr Ana Lim", "profession": "Physician", "registration": "GMC 7654321"}
SIGN = {**WHO, "answer": "signed", "comment": ""}
CHANGES = {**WHO, "answer": "changes", "comment": "Name the dose."}


def invite(page: Any, user: Any, email: str = "ana@else.example", days: int = 7) -> str:
    """The link's path."""
    invitation = ReviewInvitation(name="Ana Lim", email=email)
    page = Page.objects.get(pk=page.pk).specific
    link = invitations.invite(invitation, page, user, timedelta(days=days))
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def path(desk: "Desk", cause: Page, writer: Any) -> str:
    """The link to a page that waits for its sign-off."""
    desk.edit(cause, writer, "Words for Ana.")
    desk.hand_in(cause, writer)
    return invite(cause, writer)


def ended(response: HttpResponse, status: int = 410) -> bool:
    """A plain page that gives away nothing of what was behind the link."""
    html = response.content.decode()
    given_away = "Words for Ana." in html or "Your answer" in html
    return response.status_code == status and not given_away


def test_an_outside_clinician_signs_and_the_page_is_published(
    desk: "Desk", cause: Page, path: str
) -> None:
    response = Client().post(path, SIGN)
    assert "You signed" in response.content.decode()
    page, sign_off = desk.fresh(cause), SignOff.objects.get()
    assert page.answer == "Words for Ana."
    assert page.review_status.state == "signed"
    assert (sign_off.name, sign_off.registration, sign_off.user) == (
        "Dr Ana Lim",
        "GMC 7654321",
        None,
    )
    assert sign_off.invited_by.username == "writer"
    assert not page.workflow_in_progress
    assert "Dr Ana Lim, Physician" in desk.html(page)


def test_a_page_that_is_not_fit_for_readers_stays_a_draft(
    desk: "Desk", cause: Page, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding(cause.slug, "urgency card", "", "No card.", "Tick one.")
    monkeypatch.setattr("library.publishing.reasons.reasons_against", lambda *_args: [finding])
    assert "You signed" in Client().post(path, SIGN).content.decode()
    page = desk.fresh(cause)
    assert SignOff.objects.get().revision_id == page.latest_revision_id
    assert page.answer != "Words for Ana."
    assert page.workflow_in_progress
    assert page.review_status.state == "unsigned"


def test_a_comment_goes_back_to_the_editors(desk: "Desk", cause: Page, path: str) -> None:
    Client().post(path, CHANGES)
    page = desk.fresh(cause)
    assert not SignOff.objects.exists()
    assert page.answer != "Words for Ana."
    assert page.current_workflow_state.status == "needs_changes"
    assert any("Name the dose." in message.body for message in mail.outbox)
    editor = desk.as_(desk.person("Clinician")).get(f"/admin/pages/{page.pk}/edit/")
    assert "Name the dose." in editor.content.decode()


def test_all_of_it_is_in_the_audit_log(desk: "Desk", cause: Page, writer: Any, path: str) -> None:
    Client().get(path)
    Client().get(path)
    Client().post(path, SIGN)
    second = invite(cause, writer)
    Client().post(second, CHANGES)
    invite(cause, writer)
    assert invitations.withdraw(ReviewInvitation.objects.first(), writer)
    entries = PageLogEntry.objects.filter(page_id=cause.pk, action__startswith="review.")
    assert sorted(entries.values_list("action", flat=True)) == [
        "review.invitation.changes",
        "review.invitation.create",
        "review.invitation.create",
        "review.invitation.create",
        "review.invitation.open",
        "review.invitation.withdraw",
        "review.sign_off",
    ]
    html = desk.as_(writer).get(reverse("wagtailadmin_pages:history", args=[cause.pk]))
    assert "Dr Ana Lim, Physician, GMC 7654321 asked for changes" in html.content.decode()


@pytest.mark.parametrize("answer", [SIGN, CHANGES])
def test_a_link_takes_one_answer(path: str, answer: dict[str, str]) -> None:
    assert Client().post(path, answer).status_code == 200
    for again in (Client().post(path, SIGN), Client().get(path), Client().get(f"{path}page/")):
        assert ended(again)
    assert SignOff.objects.count() == (answer is SIGN)


def test_two_at_once_are_one(path: str) -> None:
    """The second has opened the page before the first has answered."""
    from django.contrib.auth.models import AnonymousUser

    key = path.strip("/").split("/")[-1]
    first, second = invitations.find(key), invitations.find(key)
    assert first
    assert second
    assert invitations.answer(first, SIGN, AnonymousUser())
    assert not invitations.answer(second, SIGN, AnonymousUser())
    assert SignOff.objects.count() == 1


def test_a_link_ends_on_its_day(path: str) -> None:
    ReviewInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ended(Client().get(path))
    assert ended(Client().post(path, SIGN))
    assert not SignOff.objects.exists()


def test_a_link_can_be_withdrawn(desk: "Desk", writer: Any, path: str) -> None:
    url = reverse("review_admin:withdraw", args=[ReviewInvitation.objects.get().pk])
    stranger = desk.person("Writer", "stranger")
    assert desk.as_(stranger).post(url).status_code == 302
    assert ReviewInvitation.objects.get().state == "open"
    desk.as_(writer).post(url)
    assert ReviewInvitation.objects.get().state == "withdrawn"
    assert ended(Client().post(path, SIGN))


def test_a_damaged_link_is_refused_without_asking_the_database(path: str) -> None:
    key = path.strip("/").split("/")[-1]
    token, signature = key.split(":")
    for damaged in (token, f"{token}x:{signature}", f"{token}:{signature[:-1]}", "x:y", "x"):
        with CaptureQueriesContext(connection) as captured:
            assert invitations.find(damaged) is None
        assert not captured.captured_queries
        assert ended(Client().get(f"/review/{damaged}/"), 404)


def test_the_database_holds_no_working_link(path: str) -> None:
    token = path.strip("/").split("/")[-1].split(":")[0]
    row = ReviewInvitation.objects.values().get()
    assert token not in str(row)
    assert token not in str(list(PageLogEntry.objects.values()))


def test_opening_it_uses_nothing_up(path: str) -> None:
    """Mail scanners open every link before its reader does."""
    for _ in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    assert ReviewInvitation.objects.get().state == "open"


def test_nothing_is_kept_or_found(path: str) -> None:
    for address in (path, f"{path}page/", "/review/x/"):
        response = Client().get(address)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"


def test_the_reviewer_sees_draft_differences_and_sources(
    desk: "Desk", signed_page: Any, writer: Any
) -> None:
    desk.edit(signed_page, writer, "<b>signs</b> & such")
    path = invite(signed_page, writer)
    html = Client().get(path).content.decode()
    assert "<del>New</del>" in html or "<del>New words.</del>" in html
    assert "&lt;" in html
    assert "Sore muscles" not in html.split('id="changes"')[1].split("<section")[0]
    assert "<b>signs</b>" not in html
    for source in signed_page.review_sources():
        assert source.says[:30] in html.replace("&#x27;", "'")
    draft = Client().get(f"{path}page/").content.decode()
    assert "&lt;b&gt;signs&lt;/b&gt; &amp; such" in draft


@pytest.mark.parametrize("who", ["author", "inviter"])
def test_neither_author_nor_inviter_is_invited(
    desk: "Desk", cause: Page, writer: Any, who: str
) -> None:
    desk.edit(cause, writer)
    inviter = desk.person("Clinician", "inviter")
    address = (writer if who == "author" else inviter).email.upper()
    data = {"name": "Me", "email": address, "note": "", "days": "7"}
    url = reverse("review_admin:invite", args=[cause.pk])
    response = desk.as_(inviter).post(url, data)
    assert "This address belongs to you" in response.content.decode()
    assert not ReviewInvitation.objects.exists()


def test_neither_author_nor_inviter_signs_by_link(
    desk: "Desk", cause: Page, writer: Any, path: str
) -> None:
    """By account, by an address that became an author's since, or by name."""
    assert 'value="signed"' not in desk.as_(writer).get(path).content.decode()
    desk.as_(writer).post(path, SIGN)
    Client().post(path, {**SIGN, "name": " writer NKOSI "})
    writer.email = "ana@else.example"
    writer.save()
    Client().post(path, SIGN)
    assert not SignOff.objects.exists()
    assert ReviewInvitation.objects.get().state == "open"


def test_what_changed_since_is_not_signed(desk: "Desk", cause: Page, path: str) -> None:
    desk.edit(cause, desk.superuser(), "Slipped in.")
    html = Client().get(path).content.decode()
    assert "The page has changed since this link was made." in html
    Client().post(path, SIGN)
    assert not SignOff.objects.exists()
    Client().post(path, CHANGES)
    assert ReviewInvitation.objects.get().outcome == "changes"


def test_an_autosave_over_the_invited_version_is_noticed(
    desk: "Desk", cause: Page, writer: Any
) -> None:
    desk.edit(cause, writer)
    path = invite(cause, writer)
    page = desk.fresh(cause)
    draft = page.get_latest_revision_as_object()
    draft.answer = "Written over."
    draft.save_revision(user=writer, overwrite_revision=page.latest_revision)
    Client().post(path, SIGN)
    assert not SignOff.objects.exists()


def test_errors_are_instructions(path: str) -> None:
    html = Client().post(path, {}).content.decode()
    for words in ("Write your full name.", "Write your profession.", "Choose your answer."):
        assert words in html
    html = Client().post(path, {**CHANGES, "comment": ""}).content.decode()
    assert "Write what should change." in html
    assert ReviewInvitation.objects.get().state == "open"


def test_an_editor_invites_and_the_link_is_shown_once(
    desk: "Desk", cause: Page, writer: Any
) -> None:
    url = reverse("review_admin:invite", args=[cause.pk])
    data = {"name": "Ana Lim", "email": "ana@else.example", "note": "The dose.", "days": "3"}
    response = desk.as_(writer).post(url, {**data, "send": "on"})
    message = mail.outbox[0]
    link = next(line for line in message.body.splitlines() if "/review/" in line)
    assert message.to == ["ana@else.example"]
    assert "The dose." in message.body
    assert link in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 200
    edit = desk.as_(writer).get(reverse("wagtailadmin_pages:edit", args=[cause.pk]))
    assert link.rstrip("/").split("/")[-1] not in edit.content.decode()
    assert "waits for an answer" in edit.content.decode()

"""Reviews that come due: told once, listed with their owners, shown to them first."""

import smtplib
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from library.models import CausePage, TipPage
from review.models import ReminderSent
from review.reminders import send_reminders, stage
from review.requests import ask_for_review
from review.signing import Signer, sign

if TYPE_CHECKING:
    from review_desk import Desk


def today() -> date:
    """Asked for by each test: a run may go over midnight."""
    return timezone.localdate()


def due_in(page: Any, days: int, owner: Any = None) -> Any:
    """Signed, live, due in so many days."""
    page = Page.objects.get(pk=page.pk).specific
    Page.objects.filter(pk=page.pk).update(owner=owner)
    until = today() + timedelta(days=days)
    sign(page, page.latest_revision, Signer("Dr Mori", "Nurse", "NMC 1"), valid_until=until)
    return page


def run() -> str:
    out = StringIO()
    call_command("send_review_reminders", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("days", "expected"), [(91, None), (90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-400, 0)]
)
def test_stages(days: int, expected: int | None) -> None:
    assert stage(date(2026, 1, 1) + timedelta(days=days), date(2026, 1, 1)) == expected


def test_each_stage_is_told_once(desk: "Desk", cause: Page, writer: Any) -> None:
    due_in(cause, 95, writer)
    told = []
    for day in range(0, 130, 5):
        send_reminders(today() + timedelta(days=day))
        send_reminders(today() + timedelta(days=day))
        told.append(len(mail.outbox))
    assert told == [0] + [1] * 12 + [2] * 6 + [3] * 7
    assert {message.to[0] for message in mail.outbox} == {writer.email}
    assert mail.outbox[0].subject == "Clinical reviews: some come due soon"
    assert mail.outbox[2].subject == "Clinical reviews: some are due now"
    assert cause.title in mail.outbox[2].body
    assert f"/admin/pages/{cause.pk}/edit/" in mail.outbox[2].body


def test_a_new_date_is_told_anew(desk: "Desk", cause: Page, writer: Any) -> None:
    due_in(cause, 10, writer)
    run()
    due_in(cause, 20, writer)
    run()
    assert len(mail.outbox) == 2


def test_one_mail_for_many_pages(desk: "Desk", cause: Page, writer: Any) -> None:
    due_in(cause, 10, writer)
    tip = due_in(TipPage.objects.first(), -3, writer)
    assert run() == "2 reminders in 1 mails.\n"
    assert cause.title in mail.outbox[0].body
    assert tip.title in mail.outbox[0].body


def test_pages_without_a_reachable_owner_go_to_the_safety_leads(
    desk: "Desk", cause: Page, writer: Any
) -> None:
    writer.is_active = False
    writer.save()
    due_in(cause, 10, writer)
    assert f"Nobody to tell about: {cause.title}" in run()
    assert not mail.outbox
    lead = desk.person("Safety lead")
    run()
    assert [message.to for message in mail.outbox] == [[lead.email]]


def test_a_mail_that_fails_is_tried_again(
    desk: "Desk", cause: Page, writer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_in(cause, 10, writer)

    def refuse(*_args: Any, **_kwargs: Any) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as broken:
        broken.setattr("review.mail.send_mail", refuse)
        with pytest.raises(CommandError, match="writer"):
            run()
    assert not ReminderSent.objects.exists()
    assert run() == "1 reminders in 1 mails.\n"


def test_a_page_that_was_asked_for_is_told(desk: "Desk", cause: Page, writer: Any) -> None:
    due_in(cause, 300, writer)
    ask_for_review(cause, "A source was withdrawn.")
    run()
    assert mail.outbox[0].subject == "Clinical reviews: some are due now"


@pytest.fixture
def listed(desk: "Desk", writer: Any) -> dict[str, Any]:
    """A page in each state. The due ones belong to the writer."""
    one, two, three, four = CausePage.objects.order_by("path")[:4]
    overdue, soon = due_in(one, -5, writer), due_in(two, 20, writer)
    changed = due_in(three, 200, writer)
    desk.edit(changed, None).publish()
    return {"overdue": overdue, "soon": soon, "changed": changed, "signed": due_in(four, 200)}


def report(desk: "Desk", **query: str) -> Any:
    lead = desk.as_(desk.superuser(f"lead{len(query)}{''.join(query)}{''.join(query.values())}"))
    return lead.get(reverse("review_admin:report"), query)


def titles(response: Any) -> list[str]:
    return [page.title for page in response.context["object_list"]]


def test_the_report_lists_the_most_pressing_first(
    desk: "Desk", listed: dict[str, Any], writer: Any
) -> None:
    response = report(desk)
    assert titles(response)[:2] == [listed["overdue"].title, listed["soon"].title]
    html = response.content.decode()
    for words in ("Review overdue", "Changed since it was signed", "Never signed", "Dr Mori"):
        assert words in html


def test_the_report_can_be_narrowed(desk: "Desk", listed: dict[str, Any], writer: Any) -> None:
    assert titles(report(desk, review_state="overdue")) == [listed["overdue"].title]
    assert titles(report(desk, review_state="changed")) == [listed["changed"].title]
    by_then = (today() + timedelta(days=30)).isoformat()
    assert titles(report(desk, review_due=by_then)) == [
        listed["overdue"].title,
        listed["soon"].title,
    ]
    assert len(titles(report(desk, owner=str(writer.pk)))) == 3
    tips = report(desk, content_type=str(TipPage().get_content_type().pk))
    assert titles(tips) == ["Walk"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_can_be_taken_away(desk: "Desk", listed: dict[str, Any], kind: str) -> None:
    response = report(desk, review_state="overdue", export=kind)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    if kind == "csv":
        head, row, *rest = content.decode().splitlines()
        assert head.startswith("Title,Address,Type,Review,Review due by,Signed by")
        assert listed["overdue"].title in row
        assert "Review overdue" in row
        assert "writer" in row.lower()
        assert not rest


def test_the_dashboard_shows_my_pages_only(
    desk: "Desk", listed: dict[str, Any], writer: Any
) -> None:
    html = desk.as_(writer).get("/admin/").content.decode()
    assert "Your pages that need a clinician" in html
    assert listed["overdue"].title in html
    assert listed["signed"].title not in html
    other = desk.as_(desk.person("Writer", "other")).get("/admin/").content.decode()
    assert "Your pages that need a clinician" not in other


def test_pages_get_an_owner_from_a_listing(desk: "Desk", cause: Page, writer: Any) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "set_owner"])
    lead = desk.person("Safety lead")
    for person, expected in ((writer, None), (lead, writer)):
        desk.as_(person).post(f"{url}?id={cause.pk}", {"owner": writer.pk})
        assert desk.fresh(cause).owner == expected
    assert PageLogEntry.objects.filter(page_id=cause.pk, action="review.owner").count() == 1


def test_asking_for_a_review(desk: "Desk", cause: Page, writer: Any) -> None:
    page = due_in(cause, 200)
    url = reverse("review_admin:ask", args=[cause.pk])
    data = {"due": today().isoformat(), "reason": "The guideline changed."}
    assert desk.as_(writer).post(url, data).status_code == 302
    assert desk.fresh(page).review_status.next_review == today()
    entry = PageLogEntry.objects.get(page_id=page.pk, action="review.request")
    assert "The guideline changed." in entry.message

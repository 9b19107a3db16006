"""What readers are told of a page, and that reports say the same."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from library.models import CausePage
from review.models import SignOff
from review.requests import ask_for_review
from review.signing import Signer, sign
from review.status import ReviewStatus, status_of, with_review

OUTSIDE = Signer("Dr Mori", "Physiotherapist", "HCPC PH1")


def sign_now(page: Any, days: int = 100) -> SignOff:
    until = timezone.localdate() + timedelta(days=days)
    return sign(page, page.latest_revision, OUTSIDE, valid_until=until)


def in_report(page: Page) -> ReviewStatus:
    row = with_review(Page.objects.filter(pk=page.pk)).get()
    return ReviewStatus(
        state=row.review_state,
        name=row.review_name or "",
        profession=row.review_profession or "",
        signed_at=row.review_signed_at,
        next_review=row.review_due,
    )


def test_readers_and_reports_agree_all_the_way(desk: Any, cause: CausePage, writer: Any) -> None:
    states = []

    def look() -> None:
        page = desk.fresh(cause)
        assert page.review_status == in_report(page)
        states.append((page.review_status.state, page.review_status.is_overdue))

    look()
    sign_now(desk.fresh(cause), days=0)
    look()
    desk.edit(cause, writer)
    sign_now(desk.fresh(cause))  # of a draft: readers still see the version before it
    look()
    desk.fresh(cause).latest_revision.publish()
    look()
    ask_for_review(desk.fresh(cause), "A guideline changed.", due=timezone.localdate())
    look()
    ask_for_review(cause, "Sooner.", due=timezone.localdate() - timedelta(days=1))
    look()
    desk.edit(cause, writer, "Again.").publish()
    look()
    sign_now(desk.fresh(cause))
    look()
    assert states == [
        ("unsigned", False),
        ("signed", False),
        ("signed", False),
        ("signed", False),
        ("signed", False),
        ("overdue", True),
        ("changed", True),
        ("signed", False),
    ]


def test_a_page_that_nobody_signed_can_still_be_asked_for(cause: CausePage) -> None:
    day = timezone.localdate() + timedelta(days=3)
    ask_for_review(cause, "A source was withdrawn.", due=day)
    assert in_report(cause).next_review == day
    assert cause.review_status == ReviewStatus()


def test_every_page_says_that_nobody_signed_it(desk: Any) -> None:
    for page in Page.objects.live().filter(depth__gte=2).exclude(slug="home").specific():
        assert "Not yet reviewed by a clinician" in desk.html(page)


def test_readers_see_who_reviewed_and_when_next(desk: Any, signed_page: Any) -> None:
    html, status = desk.html(signed_page), signed_page.review_status
    assert "Reviewed by Dr Clinician, General practitioner, on" in html
    assert f"Next review by {status.next_review.strftime('%-d %B %Y')}." in html
    assert "GMC" not in html
    assert "review-notice" not in html


def test_an_overdue_page_says_so_twice(desk: Any, cause: CausePage) -> None:
    sign_now(cause, days=-1)
    html = desk.html(cause)
    assert html.index("review-notice") < html.index('id="review"')
    assert "may be out of date" in html


def test_a_changed_page_names_the_earlier_review(desk: Any, signed_page: Any, writer: Any) -> None:
    desk.edit(signed_page, writer).publish()
    html = desk.html(signed_page)
    assert "Changed since a clinician reviewed it" in html
    assert "Dr Clinician, General practitioner, reviewed an earlier version on" in html


def test_a_draft_claims_no_review(desk: Any, signed_page: Any, writer: Any) -> None:
    url = f"/admin/pages/{signed_page.pk}/view_draft/"
    html = desk.as_(writer).get(url).content.decode()
    assert "Reviewed by Dr Clinician" not in html
    assert "Once it is published" in html


def test_a_copy_is_not_signed(desk: Any, signed_page: Any) -> None:
    copy = signed_page.copy(update_attrs={"slug": "copy"})
    assert desk.fresh(copy).review_status.state == "unsigned"


def test_the_status_costs_one_query(signed_page: Any) -> None:
    for _ in range(3):
        sign_now(signed_page)
    with CaptureQueriesContext(connection) as captured:
        status_of(signed_page.pk, signed_page.live_revision_id)
    assert len(captured) == 1

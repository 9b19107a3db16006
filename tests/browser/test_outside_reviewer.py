"""A clinician without an account follows a link, reads, compares, signs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from library.models import CausePage
from review_desk import Desk

URL = "/back-and-calf-pain/back-and-calf-strain/"


def invite(desk: Desk) -> str:
    """An editor makes the link, by the form in the admin. Its path."""
    writer = desk.person("Writer")
    cause = CausePage.objects.get(key="strain")
    desk.sign(cause, writer, desk.person("Clinician"))
    desk.edit(cause, writer, "Sore muscles mend. Keep moving.")
    desk.hand_in(cause, writer)
    data = {"name": "Dr Ana Lim", "email": "ana@else.example", "note": "The dose.", "days": "7"}
    answer = desk.as_(writer).post(f"/admin/reviews/pages/{cause.pk}/invite/", data)
    return "/review/" + answer.content.decode().split("/review/")[1].split('"')[0]


@pytest.mark.parametrize("fixture", ["page", "phone_page", "dark_page", "scriptless_page"])
def test_the_link_shows_draft_changes_and_sources(
    request: pytest.FixtureRequest, fixture: str, axe: Callable[[Page], None]
) -> None:
    reviewer: Page = request.getfixturevalue(fixture)
    # Given a clinician who was sent a link
    path = invite(Desk())
    # When they open it
    reviewer.goto(path)
    # Then they see what has changed, the draft itself, and its sources
    changes = reviewer.get_by_role("region", name="2. What has changed")
    expect(changes.locator("ins").last).to_contain_text("Sore muscles mend")
    draft = reviewer.frame_locator("iframe")
    expect(draft.get_by_text("Sore muscles mend.")).to_be_visible()
    sources = reviewer.get_by_role("region", name="3. Its sources")
    expect(sources.locator("li").first).to_be_visible()
    # And nothing runs off the side of the screen
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    if fixture != "scriptless_page":
        assert not reviewer.evaluate(wide)
        axe(reviewer)


def test_they_sign_once(page: Page, open_page: Callable[..., Page], axe: Callable) -> None:
    # Given a clinician who has read a page by a link
    path = invite(Desk())
    page.goto(path)
    # When they send it half filled in
    page.get_by_role("button", name="Send my answer").click()
    # Then they are told what to do
    expect(page.get_by_role("link", name="Write your profession.")).to_be_visible()
    axe(page)
    # When they sign
    page.get_by_label("Your profession", exact=True).fill("Physician")
    page.get_by_label("Your professional body").fill("GMC 7654321")
    page.get_by_label("I have read this page.").check()
    page.get_by_role("button", name="Send my answer").click()
    # Then they are thanked, and readers see the words and the name
    expect(page.get_by_role("heading", name="Thank you for your review")).to_be_visible()
    axe(page)
    reader = open_page()
    reader.goto(URL)
    expect(reader.get_by_text("Sore muscles mend.")).to_be_visible()
    expect(reader.get_by_text("Reviewed by Dr Ana Lim, Physician, on")).to_be_visible()
    # And the link is used up
    page.goto(path)
    expect(page.get_by_role("heading", name="This link has been used")).to_be_visible()
    axe(page)

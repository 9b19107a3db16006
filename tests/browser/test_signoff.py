"""A page's way to its readers: written by one, signed by another, said to all."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from library.models import CausePage
from review_desk import Desk

URL = "/back-and-calf-pain/back-and-calf-strain/"


def window(open_page: Callable[..., Page], desk: Desk, user: Any, site: str) -> Page:
    """A browser window signed in as somebody."""
    page = open_page()
    cookies = desk.as_(user).cookies.items()
    page.context.add_cookies([{"name": n, "value": m.value, "url": site} for n, m in cookies])
    return page


def test_a_page_is_written_handed_in_and_signed(
    open_page: Callable[..., Page], site: str, axe: Callable[[Page], None]
) -> None:
    desk = Desk()
    writer, clinician = desk.person("Writer"), desk.person("Clinician")
    cause = CausePage.objects.get(key="strain")
    # Given a page that nobody has signed, and says so
    reader = open_page()
    reader.goto(URL)
    expect(reader.get_by_text("Not yet reviewed by a clinician")).to_be_visible()
    # When a writer changes it and hands it in
    writing = window(open_page, desk, writer, site)
    writing.goto(f"/admin/pages/{cause.pk}/edit/")
    answer = writing.get_by_role("textbox", name="Answer in one sentence")
    answer.fill("Sore muscles mend. Keep moving.")
    expect(writing.get_by_role("button", name="Publish")).to_have_count(0)
    writing.get_by_role("button", name="More actions").click()
    writing.get_by_role("button", name="Submit to Clinical sign-off").click()
    expect(writing.get_by_text("has been submitted")).to_be_visible()
    # Then readers see no change yet
    reader.reload()
    expect(reader.get_by_text("Sore muscles mend.")).to_have_count(0)
    # When a clinician signs it off
    signing = window(open_page, desk, clinician, site)
    signing.goto("/admin/")
    expect(signing.get_by_text("Awaiting your review")).to_be_visible()
    signing.goto(f"/admin/pages/{cause.pk}/edit/")
    signing.get_by_role("button", name="More actions").click()
    signing.get_by_role("link", name="Sign off and Publish").click()
    expect(signing.get_by_text("You sign as")).to_contain_text("Dr Clinician")
    signing.get_by_role("button", name="Sign off").click()
    # Then readers see the new words, who vouches for them and until when
    expect(signing.get_by_text("is published.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Sore muscles mend.")).to_be_visible()
    review = reader.get_by_role("complementary", name="Reviewed by a clinician")
    expect(review).to_contain_text("Reviewed by Dr Clinician, General practitioner, on")
    expect(review).to_contain_text("Next review by")
    axe(reader)
    # And the writer, who may not sign, is told where the page stands
    writing.goto(f"/admin/pages/{cause.pk}/edit/")
    writing.get_by_role("tab", name="Settings").click()
    expect(writing.get_by_text("Last signed by Dr Clinician")).to_be_visible()

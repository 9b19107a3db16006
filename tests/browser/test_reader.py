"""A reader's way: from the home page to a cause, its tips and the sources."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.kinds import every_kind

WIDTHS = (320, 1280)


def test_a_reader_finds_a_cause_and_what_helps(page: Page) -> None:
    # Given a reader whose back and calf hurt
    page.goto("/")
    # When they open the topic
    page.get_by_role("link", name="Low back pain with calf pain or swelling").first.click()
    # Then the emergency card stands above the table of causes
    card, table = page.locator("section.care").first, page.locator("table").first
    assert card.bounding_box()["y"] < table.bounding_box()["y"]
    # When they open the cause that sounds like theirs
    table.get_by_role("link", name="Slipped disc").click()
    expect(page.locator("h1")).to_contain_text("Slipped disc")
    # Then its tips are one step away
    page.get_by_role("link", name="Press-up").first.click()
    expect(page.locator("h1")).to_contain_text("ress-up")
    # And the tip leads back to its cause
    expect(page.get_by_role("link", name="Slipped disc").first).to_be_visible()


def test_a_citation_leads_to_its_source_and_is_announced(page: Page) -> None:
    # Given a page with citations
    page.goto("/back-and-calf-pain/deep-vein-thrombosis/")
    # When a reader follows the first number
    page.locator('a[href^="#source-"]').first.click()
    # Then its source is where they land
    expect(page.locator(":target")).to_be_visible()


def test_a_keyboard_reader_can_skip_to_the_content(page: Page) -> None:
    page.goto("/back-and-calf-pain/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_can_be_used_by_all(
    open_page: Callable[..., Page], axe_by_day_and_night: Callable[[Page], None], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    for address in every_kind():
        page.goto(address)
        axe_by_day_and_night(page)
        assert page.locator("h1").count() == 1, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_on_a_phone_the_trail_is_one_line_that_leads_up(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 412, "height": 823})
    page.goto("/back-and-calf-pain/slipped-disc/")
    trail = page.get_by_role("navigation", name="Where you are")
    shown = trail.get_by_role("link")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("href", "/back-and-calf-pain/")
    line = float(trail.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)"))
    box = shown.bounding_box()
    assert box is not None
    assert box["height"] < 1.5 * line

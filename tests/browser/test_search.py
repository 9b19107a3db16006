"""Searching as people do: with and without scripts, on a phone and by keyboard."""

from playwright.sync_api import Page, expect


def test_a_worried_reader_is_told_first_how_soon(page: Page) -> None:
    # Given a reader on the home page
    page.goto("/")
    # When they type what troubles them
    page.get_by_label("Search this library").fill("cant pee")
    page.keyboard.press("Enter")
    # Then the emergency card comes before any page
    card = page.locator("section.care").first
    expect(card).to_contain_text("bladder")
    first = page.locator("ol.page-list a").first
    assert card.bounding_box()["y"] < first.bounding_box()["y"]
    # And the first page is the right one
    first.click()
    expect(page.locator("h1")).to_contain_text("Cauda equina")


def test_names_are_suggested_while_one_types(page: Page) -> None:
    page.goto("/back-and-calf-pain/")
    page.get_by_label("Search this library").press_sequentially("warf")
    expect(page.locator('#search-head-names option[value="Warfarin"]')).to_have_count(1)


def test_search_works_without_scripts(scriptless_page: Page) -> None:
    page = scriptless_page
    page.goto("/search/")
    assert page.locator("#search-main-names option").count() > 10
    page.get_by_label("Search this library").fill("siatica")
    page.keyboard.press("Enter")
    expect(page.locator(".corrected")).to_contain_text("sciatica")
    expect(page.locator("ol.page-list a").first).to_contain_text("Slipped disc")


def test_the_body_is_a_list_of_links(scriptless_page: Page) -> None:
    page = scriptless_page
    page.goto("/find/")
    page.get_by_role("link", name="Calf", exact=True).click()
    expect(page.locator("h1")).to_have_text("Calf")
    expect(page.locator("section.care").first).to_be_visible()

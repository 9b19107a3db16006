"""A page, and the way to its comforts, for the browser tests of them."""

from playwright.sync_api import Page

CAUSE = "/back-and-calf-pain/slipped-disc/"


def open_options(page: Page) -> None:
    page.get_by_text("Reading options").click()

"""The site opens for every kind of reader. Their whole paths are in the other files here."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("kind", ["page", "phone_page", "dark_page", "scriptless_page"])
def test_the_home_page_opens(kind: str, request: pytest.FixtureRequest) -> None:
    # Given a reader of this kind
    page: Page = request.getfixturevalue(kind)
    # When they open the site
    page.goto("/")
    # Then there is one main heading
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("kind", ["page", "phone_page", "dark_page"])
def test_the_home_page_can_be_used_by_all(
    kind: str, request: pytest.FixtureRequest, axe: Callable[[Page], None]
) -> None:
    page: Page = request.getfixturevalue(kind)
    page.goto("/")
    axe(page)


def test_the_home_page_fits_a_narrow_phone(phone_page: Page) -> None:
    phone_page.goto("/")
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_missing_page_says_what_to_do(page: Page, axe: Callable[[Page], None]) -> None:
    # Given a reader with an old or mistyped address
    # When they open it
    response = page.goto("/nothing-is-here/")
    # Then they get a plain page with ways on, and the status that machines understand
    assert response is not None
    assert response.status == 404
    expect(page.locator("main a").first).to_be_visible()
    axe(page)


def test_the_admin_opens_for_an_editor(editor_page: Page) -> None:
    editor_page.goto("/admin/")
    expect(editor_page.get_by_role("link", name="Pages", exact=False).first).to_be_visible()

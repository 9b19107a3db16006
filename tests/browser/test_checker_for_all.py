"""Every step of the checker can be used by everybody: axe, and no sideways scrolling."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent))

from checker_steps import BACK_ONLY, EMERGENCY, START, SWOLLEN_LEG, press, walk

PUBLIC = ("", "rules/", "releases/", "releases/1/", "paper/", "replay/")


def open_all(page: Page) -> None:
    """What stands behind a summary is checked as well."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


@pytest.fixture(params=[320, 1280])
def checked(
    request: pytest.FixtureRequest,
    open_page: Callable[..., Page],
    axe_by_day_and_night: Callable[[Page], None],
) -> tuple[Page, Callable[[Page], None]]:
    width = request.param
    page = open_page(viewport={"width": width, "height": 800})

    def fits_and_works(page: Page) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        axe_by_day_and_night(page)

    return page, fits_and_works


def test_every_question_the_answers_the_result_and_the_page_for_the_doctor(
    checked: tuple[Page, Callable[[Page], None]],
) -> None:
    page, check = checked
    asked = walk(page, SWOLLEN_LEG, at_each=check)
    assert len(asked) > 8
    for view in ("answers/", "result/", "summary/"):
        page.goto(START + view)
        check(page)
    code = page.locator(".code").inner_text()
    page.goto(f"{START}replay/#{code}")
    press(page.get_by_role("button", name="Show this visit"))
    check(page)


def test_an_emergency_self_care_and_what_goes_wrong(
    checked: tuple[Page, Callable[[Page], None]],
) -> None:
    page, check = checked
    walk(page, EMERGENCY)
    check(page)
    walk(page, BACK_ONLY)
    page.goto(START + "result/")
    open_all(page)
    check(page)
    page.goto(START + "begin/")
    press(page.get_by_role("button", name="Next"))
    check(page)
    page.goto(START + "questions/no-such/")
    check(page)
    page.goto(START + "replay/")
    page.get_by_label("Code on the printed page").fill("0000")
    press(page.get_by_role("button", name="Show this visit"))
    check(page)


def test_the_public_pages(checked: tuple[Page, Callable[[Page], None]]) -> None:
    page, check = checked
    for path in PUBLIC:
        page.goto(START + path)
        open_all(page)
        check(page)

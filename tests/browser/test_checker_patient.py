"""A patient's way through the checker, with JavaScript and without."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))

from checker_steps import (
    BACK_ONLY,
    EMERGENCY,
    FIRST_SIX,
    START,
    SWOLLEN_LEG,
    choose,
    hand_over,
    press,
    walk,
)

READERS = ("page", "phone_page", "scriptless_page")


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_a_swollen_leg_is_seen_today(reader: Page) -> None:
    # Given a patient with one swollen leg after an operation
    # When they answer every question
    walk(reader, SWOLLEN_LEG)
    # Then they can look over their answers
    expect(reader.locator("h1")).to_have_text("Check your answers")
    # When they ask what to do
    press(reader.get_by_role("link", name="See what to do"))
    # Then the advice comes first, with their own words as the reason
    expect(reader.locator("h1")).to_have_text("Be seen by a clinician today")
    reasons = reader.locator(".reasons")
    expect(reasons).to_contain_text("You said:")
    expect(reasons).to_contain_text("swollen")
    # And the cause that fits leads to its own page
    reader.locator(".fits").get_by_role("link", name="Blood clot in a leg vein").first.click()
    expect(reader).to_have_url(re.compile("/deep-vein-thrombosis/$"))


def test_an_emergency_stands_alone_and_can_be_checked(reader: Page) -> None:
    # Given a patient who says that their chest hurts
    walk(reader, EMERGENCY)
    # Then the card is there at once, and no cause beside it
    expect(reader.locator("h1")).to_have_text("Get emergency help now")
    expect(reader.locator(".fits")).to_have_count(0)
    # When they had pressed the wrong answer, and check it
    press(reader.get_by_role("link", name="Check this answer"))
    expect(reader.locator('input[value="chest"]')).to_be_checked()
    choose(reader, "no")
    # Then the visit goes on where it was
    expect(reader.locator("legend h1")).to_be_visible()


def test_back_and_change_keep_the_other_answers(reader: Page) -> None:
    given = walk(reader, BACK_ONLY)
    # When they go back from the end, the last question still has its answer
    last = list(given)[-1]
    reader.go_back()
    expect(reader.locator(f'input[value="{given[last]}"]')).to_be_checked()
    # When they change an early answer
    reader.goto(START + "answers/")
    press(reader.get_by_role("link", name=re.compile("Change.*How old are you")))
    choose(reader, "50-64")
    # Then only that has changed
    expect(reader.locator(".answers")).to_contain_text("50 to 64")
    expect(reader.locator(".answers")).to_contain_text("only in your back")


def test_a_missing_answer_is_an_instruction(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(START)
    press(page.get_by_role("link", name="Begin"))
    press(page.get_by_role("button", name="Next"))
    expect(page.locator(".error-summary")).to_contain_text("Choose one answer")
    choose(page, "no")
    expect(page.locator(".error-summary")).to_have_count(0)


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto(START)
    with page.expect_navigation():
        page.get_by_role("link", name="Begin").press("Enter")
    for _ in FIRST_SIX:
        page.locator('input[value="no"]').focus()
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/questions/where/$"))


def test_the_doctor_replays_the_visit_from_the_code(reader: Page) -> None:
    # Given a patient who opens the page for the doctor
    walk(reader, SWOLLEN_LEG)
    reader.goto(START + "summary/")
    code = reader.locator(".code").inner_text()
    # When the doctor types the code
    reader.goto(START + "replay/")
    reader.get_by_label("Code on the printed page").fill(code.lower())
    press(reader.get_by_role("button", name="Show this visit"))
    # Then they see the same visit, marked as replayed
    expect(reader.locator(".notice")).to_contain_text("Replayed.")
    expect(reader.locator(".sheet")).to_contain_text("Be seen by a clinician today")
    expect(reader.locator(".sheet")).to_contain_text("swollen")


def test_the_square_fills_the_field_and_clears_the_address(page: Page) -> None:
    walk(page, EMERGENCY)
    page.goto(START + "summary/")
    code = page.locator(".code").inner_text()
    page.goto("/about/")
    page.goto(f"{START}replay/#{code}")
    expect(page.get_by_label("Code on the printed page")).to_have_value(code)
    assert page.evaluate("location.href").endswith("/replay/")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet")).to_contain_text("Get emergency help now")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_page_for_the_doctor_is_one_page(page: Page, site: str, paper: str) -> None:
    for answers in (SWOLLEN_LEG, BACK_ONLY, {"where": "one", **FIRST_SIX}, EMERGENCY):
        hand_over(page, site, answers)
        page.goto(START + "summary/")
        printed = page.pdf(format=paper)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        page.emulate_media(media="print")
        for text in ("Present", "Advice given:"):
            expect(page.locator(".sheet").get_by_text(text).first).to_be_visible()
        expect(page.locator(".forget")).to_be_hidden()
        page.emulate_media(media="null")

"""Steps through the checker that several browser tests take."""

import re
from collections.abc import Callable, Mapping

from django.test import Client
from playwright.sync_api import Locator, Page

START = "/symptom-checker/back-and-calf/"
FIRST_SIX = dict.fromkeys(("breathing", "saddle", "legs", "cancer", "limb", "unwell"), "no")
SWOLLEN_LEG = {
    **FIRST_SIX,
    "where": "one",
    "look": "swollen",
    "clot_risk": "still",
    "calf_start": "no-reason",
    "age": "50-64",
    "duration": "weeks",
}
BACK_ONLY = {
    **FIRST_SIX,
    "where": "back",
    "trend": "better",
    "coping": "little",
    "duration": "weeks",
    "age": "16-49",
}
EMERGENCY = {"breathing": "chest"}


def question_key(url: str) -> str:
    found = re.search(r"/questions/([a-z_-]+)/$", url)
    return found[1] if found else ""


def press(control: Locator) -> None:
    """Click what leads to another page, and wait until that stands: the old one is about to go."""
    with control.page.expect_navigation():
        control.click()


def choose(page: Page, option: str) -> None:
    """Press the label, as people do, and go on."""
    field = page.locator(f'input[name="answer"][value="{option}"]')
    page.locator(f'label[for="{field.get_attribute("id")}"]').click()
    press(page.get_by_role("button", name="Next"))


def walk(
    page: Page, answers: Mapping[str, str], at_each: Callable[[Page], None] = lambda page: None
) -> dict[str, str]:
    """From the first page to the end of the questions. What is left out is "not sure".

    Returns what was asked and answered.
    """
    page.goto(START)
    press(page.get_by_role("link", name="Begin"))
    given = {}
    while key := question_key(page.url):
        at_each(page)
        given[key] = answers.get(key, "not-sure")
        choose(page, given[key])
    return given


def hand_over(page: Page, site: str, answers: Mapping[str, str]) -> None:
    """The browser goes on where somebody answered like this, for tests of what comes after it."""
    client = Client()
    url = client.get(START + "begin/")["Location"]
    while key := question_key(url):
        url = client.post(url, {"answer": answers.get(key, "not-sure")})["Location"]
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": site}
            for name, morsel in client.cookies.items()
        ]
    )

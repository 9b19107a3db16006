"""Nothing about a visitor's answers stays, and nothing of them leaves."""

import logging
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Request, expect

sys.path.insert(0, str(Path(__file__).parent))

from checker_steps import EMERGENCY, START, SWOLLEN_LEG, press, walk

from snapshot import every_row

COOKIE = "answers-back-and-calf"


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that LOG_LEVEL=DEBUG, the most an owner can ask for, would write, and requests and
    queries beside it. The server runs in a thread of this process."""
    for name in (None, "django.request", "django.server", "django.db.backends"):
        caplog.set_level(logging.DEBUG, name)
    return lambda: "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records
    )


def traces(given: dict[str, str]) -> tuple[set[str], set[str]]:
    """What would give an answer away: its words, and its keys."""
    from checker.releases import live_release

    release = live_release("back-and-calf")
    assert release is not None
    texts, keys = set(), set()
    for question, option in given.items():
        chosen = release.ruleset.question_by_key[question].option(option)
        texts |= {text for text in (chosen.text, chosen.said) if len(text) > 6}
        keys.add(option)
    return texts, keys - set(release.ruleset.question_by_key)


def is_word_in(key: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text) is not None


def test_a_visit_leaves_no_trace(
    open_page: Callable[..., Page], live_site: str, everything_logged: Callable[[], str]
) -> None:
    page = open_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    # Given the database as it is
    page.goto("/")
    before = every_row()
    # When somebody answers everything, reads the advice and opens the page for the doctor
    given = walk(page, SWOLLEN_LEG)
    press(page.get_by_role("link", name="See what to do"))
    page.goto(START + "summary/")
    code = page.locator(".code").inner_text()
    page.goto(f"{START}replay/#{code}")
    press(page.get_by_role("button", name="Show this visit"))
    expect(page.locator(".notice")).to_contain_text("Replayed.")
    # Then not one row of the database is another
    assert every_row() == before
    texts, keys = traces(given)
    assert len(keys) >= 5
    # When an address is missing too, so that something is logged
    page.goto(START + "questions/no-such/")
    # Then no log line, however talkative, has an answer, the cookie or the code
    logged = everything_logged()
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)
    assert "/questions/no-such/" in logged, "the server logs elsewhere: this test sees nothing"
    for trace in (*texts, cookie, code, code.replace("-", "")):
        assert trace not in logged
    for key in keys - {"no", "one"}:
        assert not is_word_in(key, logged), key
    # And no address has one, and nobody else was asked
    for request in asked:
        address = unquote(request.url)
        assert urlsplit(address).netloc == urlsplit(live_site).netloc
        parts = set(re.split(r"[/?&=#]", urlsplit(address).path + "?" + urlsplit(address).query))
        assert not parts & keys, address
        assert code not in request.url
        assert code not in (request.headers.get("referer") or "")


def test_the_walk_above_would_notice_an_answer_in_the_database(site: str) -> None:
    """The comparison of rows sees one changed row: the test can fail."""
    before = every_row()
    Session.objects.create(
        session_key="key", session_data="swollen", expire_date=datetime(2099, 1, 1, tzinfo=UTC)
    )
    assert every_row() != before


def test_delete_my_answers_removes_the_cookie(page: Page) -> None:
    walk(page, EMERGENCY)
    assert COOKIE in [cookie["name"] for cookie in page.context.cookies()]
    press(page.get_by_role("button", name="Delete my answers"))
    expect(page.locator(".notice")).to_contain_text("Your answers are deleted.")
    assert COOKIE not in [cookie["name"] for cookie in page.context.cookies()]
    page.goto(START + "result/")
    expect(page.locator(".notice")).to_contain_text("Your answers are gone")


def test_after_half_an_hour_the_answers_are_refused_and_gone(page: Page) -> None:
    walk(page, EMERGENCY)
    expires = next(c["expires"] for c in page.context.cookies() if c["name"] == COOKIE)
    assert expires <= time.time() + 30 * 60
    with mock.patch("django.core.signing.time.time", return_value=time.time() + 31 * 60):
        page.goto(START + "result/")
    expect(page.locator(".notice")).to_contain_text("Your answers are gone")
    assert COOKIE not in [cookie["name"] for cookie in page.context.cookies()]


def test_a_reader_of_the_library_gets_no_cookie(page: Page) -> None:
    for address in ("/", "/back-and-calf-pain/", "/a-z/", START, START + "rules/"):
        page.goto(address)
    assert page.context.cookies() == []


def test_the_back_button_shows_no_kept_page_after_deleting(page: Page) -> None:
    walk(page, EMERGENCY)
    press(page.get_by_role("button", name="Delete my answers"))
    page.go_back()
    expect(page.locator("h1")).not_to_have_text("Get emergency help now")

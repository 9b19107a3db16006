"""Two people on one page: whoever saves second is warned, and nobody's words are lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Revision

from library.models import CausePage
from review_desk import Desk


@pytest.fixture
def at_desk(open_page: Callable[..., Page], site: str) -> Callable[[str, int], Page]:
    """A writer's window with the page open in the editor."""
    desk = Desk()

    def open_(name: str, number: int) -> Page:
        window = open_page()
        cookies = desk.as_(desk.person("Writer", name)).cookies.items()
        window.context.add_cookies([{"name": n, "value": m.value, "url": site} for n, m in cookies])
        window.goto(f"/admin/pages/{number}/edit/")
        expect(answer(window)).to_be_visible()
        return window

    return open_


def answer(window: Page) -> Locator:
    return window.get_by_role("textbox", name="Answer in one sentence")


def save(window: Page) -> None:
    window.get_by_role("button", name="Save draft").first.click()


def kept(page: Any) -> list[str]:
    return [revision.content["answer"] for revision in Revision.objects.for_instance(page)]


def test_the_second_to_save_is_warned_and_both_versions_stay(
    at_desk: Callable[[str, int], Page],
) -> None:
    cause = CausePage.objects.get(key="strain")
    before = cause.answer
    # Given two writers who have the same page open
    anna = at_desk("anna", cause.pk)
    ben = at_desk("ben", cause.pk)
    # When one of them saves
    answer(anna).fill("Anna wrote this.")
    save(anna)
    expect(anna.get_by_text(re.compile("has been updated"))).to_be_visible()
    # Then the other is told who, before doing anything
    notice = ben.get_by_role("button", name="Anna Nkosi saved a new version")
    expect(notice).to_be_visible()  # an open editor asks every ten seconds
    # And what the other writes is not saved over it by itself, nor without asking
    answer(ben).fill("Ben wrote this.")
    expect(ben.get_by_text("Saving will overwrite a newer version.")).to_be_visible()
    save(ben)
    dialog = ben.get_by_role("dialog").filter(has_text="saved a new version")
    expect(dialog).to_contain_text("overwrite the changes made by Anna Nkosi")
    assert "Ben wrote this." not in kept(cause)
    # And when they go on all the same, nothing is lost: all versions stand in the history
    dialog.get_by_role("button", name="Save draft").click()
    expect(ben.get_by_text(re.compile("has been updated"))).to_be_visible()
    assert {before, "Anna wrote this.", "Ben wrote this."} <= set(kept(cause))
    cause.refresh_from_db()
    assert cause.get_latest_revision_as_object().answer == "Ben wrote this."
    ben.goto(f"/admin/pages/{cause.pk}/history/")
    expect(ben.get_by_role("row").filter(has_text="Anna Nkosi").first).to_be_visible()
    # And readers still read what was published
    ben.goto(cause.url)
    expect(ben.get_by_text(before).first).to_be_visible()


def test_an_older_version_is_brought_back_from_the_history(
    at_desk: Callable[[str, int], Page],
) -> None:
    cause = CausePage.objects.get(key="strain")
    for words in ("Anna wrote this.", "Ben wrote this."):
        cause.answer = words
        cause.save_revision()
    older = Revision.objects.for_instance(cause).get(content__answer="Anna wrote this.")
    window = at_desk("anna", cause.pk)
    window.goto(f"/admin/pages/{cause.pk}/revisions/{older.pk}/revert/")
    expect(answer(window)).to_have_value("Anna wrote this.")

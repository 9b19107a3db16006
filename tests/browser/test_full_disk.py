"""An editor who saves while the disk is full loses no word."""

from typing import Any

import pytest
from django.db import OperationalError
from playwright.sync_api import Page, expect
from wagtail.admin.views.pages.edit import EditView

from library.models import CausePage

WORDS = "What I wrote for an hour."


def test_every_word_is_still_there_with_a_clear_sentence(
    editor_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given an editor who has written something
    cause = CausePage.objects.get(key="strain")
    before, versions = cause.answer, cause.revisions.count()
    editor_page.goto(f"/admin/pages/{cause.pk}/edit/")
    answer = editor_page.get_by_role("textbox", name="Answer in one sentence")

    # When the disk is full at the moment of saving
    def full(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(EditView, "save_action", full)
        answer.fill(WORDS)
        editor_page.get_by_role("button", name="Save draft").click()
        # Then they are told, and their words are in the form
        expect(editor_page.get_by_text("Nothing was saved").first).to_be_visible()
        expect(answer).to_have_value(WORDS)
        cause.refresh_from_db()
        assert (cause.answer, cause.revisions.count()) == (before, versions)
    # And when there is room again, one press saves them
    editor_page.get_by_role("button", name="Save draft").click()
    expect(editor_page.locator(".messages")).to_contain_text("has been updated")
    expect(editor_page.get_by_text("Nothing was saved")).to_have_count(0)
    assert cause.revisions.latest("pk").content["answer"] == WORDS

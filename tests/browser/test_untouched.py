"""Looking is not changing: a page saved as it was found stays the version that was signed."""

import re
from collections.abc import Callable

from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from library import models
from review.status import State
from review_desk import Desk

TYPES = [
    models.HomePage,
    models.TopicPage,
    models.IndexPage,
    models.CausePage,
    models.TreatmentPage,
    models.TipPage,
    models.InfoPage,
]


def test_an_untouched_page_of_any_kind_is_saved_without_a_new_version(editor_page: Page) -> None:
    for model in TYPES:
        # Given an editor who opens a page of the starter library
        found = model.objects.first()
        editor_page.goto(f"/admin/pages/{found.pk}/edit/")
        expect(editor_page.get_by_role("textbox", name="Answer in one sentence")).to_be_visible()
        # When they save it as they found it
        editor_page.get_by_role("button", name="Save draft").click()
        expect(editor_page.locator(".messages")).to_contain_text("has been updated")
        # Then it has no other version, nothing waits for its readers, and nobody wrote
        page = model.objects.get(pk=found.pk)
        assert page.latest_revision_id == found.latest_revision_id, model
        assert not page.has_unpublished_changes, model
        assert page.revisions.count() == 1, model


def test_publishing_a_signed_page_untouched_asks_for_no_new_signature(
    open_page: Callable[..., Page], editor_page: Page
) -> None:
    # Given a page that a clinician has signed
    desk = Desk()
    cause = models.CausePage.objects.get(key="strain")
    signed = desk.sign(cause, desk.person("Writer"), desk.person("Clinician"))
    assert signed.review_status.state == State.SIGNED
    # When somebody opens it and publishes it as it is
    editor_page.goto(f"/admin/pages/{cause.pk}/edit/")
    publish(editor_page)
    # Then they are told that nothing changed, and the signature stands
    expect(editor_page.locator(".messages")).to_contain_text("Nothing was changed")
    after = desk.fresh(cause)
    assert after.live_revision_id == signed.live_revision_id
    assert after.review_status.state == State.SIGNED
    # And when they change a word, it does not
    editor_page.goto(f"/admin/pages/{cause.pk}/edit/")
    answer = editor_page.get_by_role("textbox", name="Answer in one sentence")
    answer.fill("Other words.")
    publish(editor_page)
    expect(editor_page.locator(".messages")).to_contain_text("has been published")
    assert desk.fresh(cause).review_status.state == State.CHANGED


def test_an_untouched_draft_is_published_as_its_author_saved_it(editor_page: Page) -> None:
    desk = Desk()
    cause = models.CausePage.objects.get(key="strain")
    draft = desk.edit(cause, desk.person("Writer"), "Sore muscles mend.")
    editor_page.goto(f"/admin/pages/{cause.pk}/edit/")
    publish(editor_page)
    expect(editor_page.locator(".messages")).to_contain_text("has been published")
    after = desk.fresh(cause)
    assert (after.live_revision_id, after.answer) == (draft.pk, "Sore muscles mend.")
    assert get_user_model().objects.get(username="editor") != draft.user


def test_an_old_version_put_back_is_a_new_one(editor_page: Page) -> None:
    cause = models.CausePage.objects.get(key="strain")
    first, words = cause.live_revision_id, cause.answer
    desk = Desk()
    desk.edit(cause, desk.person("Writer"), "Sore muscles mend.").publish()
    editor_page.goto(f"/admin/pages/{cause.pk}/revisions/{first}/revert/")
    publish(editor_page)
    expect(editor_page.locator(".messages")).to_contain_text("has been published")
    after = desk.fresh(cause)
    assert after.answer == words
    assert after.live_revision_id not in (first, cause.latest_revision_id)


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Publish")).click()

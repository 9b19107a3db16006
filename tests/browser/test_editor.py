"""An editor's way: sign in, change a cause page, look at it, publish it, see it."""

import re

from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from library.models import CausePage
from second_factor import code_of, give_app

PASSWORD = "a-long-password-for-one-test"


def sign_in(page: Page) -> None:
    give_app(get_user_model().objects.create_superuser("editor", password=PASSWORD))
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile(r"^[^?]*/admin/$"))  # and not as what comes next


def test_an_editor_changes_a_cause_page(page: Page) -> None:
    # Given an editor who is signed in and opens a cause page
    sign_in(page)
    cause = CausePage.objects.get(key="strain")
    page.goto(f"/admin/pages/{cause.pk}/edit/")
    # When they change the answer
    answer = page.get_by_role("textbox", name="Answer in one sentence")
    answer.fill("Your back is sore and will mend. Keep moving.")
    # And look at it before anyone else can
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_text("Your back is sore and will mend.")).to_be_visible()
    # And publish
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text(re.compile("published")).first).to_be_visible()
    # Then readers see it
    page.goto("/back-and-calf-pain/back-and-calf-strain/")
    expect(page.get_by_text("Your back is sore and will mend.")).to_be_visible()

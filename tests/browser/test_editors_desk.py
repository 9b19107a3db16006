"""The editors' desk in a real browser: a first page, a refused publish, feedback, the reports."""

import re

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from library.models import CausePage, Feedback, TopicPage
from second_factor import code_of, give_app

PASSWORD = "a-long-password-for-one-test"


def sign_in(page: Page, role: str = "") -> None:
    users = get_user_model().objects
    if role:
        user = users.create_user("editor", "editor@example.org", PASSWORD)
        user.groups.add(Group.objects.get(name=role))
    else:
        user = users.create_superuser("editor", password=PASSWORD)
    give_app(user)
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/admin/")


def test_a_writer_makes_a_cause_page_ready_for_sign_off(page: Page) -> None:
    # Given a writer who begins a cause page below the topic
    sign_in(page, "Writer")
    page.goto(f"/admin/pages/{TopicPage.objects.get().pk}/")
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_role("link", name="Cause page").first.click()
    page.locator("#id_title").fill("Trapped nerve in the foot")
    page.locator("#id_answer").fill("Tight shoes squeeze a nerve in your foot.")
    # When they write a text block without a source
    page.locator('[data-contentpath="body"]').get_by_role(
        "button", name="Insert a block"
    ).first.click()
    page.get_by_role("option", name="Text").first.click()
    page.locator("#body-0-value-heading").fill("What it is")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type("A tight shoe can squeeze the nerve.")
    typed = page.locator('[name="body-0-value-text"]')
    expect(typed).to_have_value(re.compile("squeeze the nerve"))  # the field hears it a moment late
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    # Then the panel says what keeps it from being published
    page.get_by_role("button", name="Toggle quality").click()
    panel = page.locator('[data-side-panel="quality"]')
    expect(panel).to_contain_text("It makes a claim without a source.")
    expect(panel).to_contain_text("No urgency card opens this page.")
    page.get_by_role("button", name="Toggle quality").click()
    # And when they tick the signs and add a source, nothing does
    page.locator("#id_care").get_by_text("Blood clot in a leg vein").click()
    sources = page.locator('[data-contentpath="sources"]').first
    sources.get_by_role("button", name="Add").first.click()
    sources.get_by_role("button", name="Choose").first.click()
    page.locator(".modal td a").first.click()
    expect(page.locator(".modal")).to_have_count(0)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("has been")
    page.get_by_role("button", name="Toggle quality").click()
    expect(panel).to_contain_text("Nothing keeps it from being published")
    # And they hand it to a clinician
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to").first.click()
    expect(page.get_by_text(re.compile("submitted for moderation"))).to_be_visible()


def test_publishing_a_claim_without_a_source_is_refused(page: Page) -> None:
    # Given a page with a claim that names no source
    sign_in(page)
    cause = CausePage.objects.get(key="strain")
    claim = {"heading": "New", "smaller": False, "text": "<p>It cures.</p>", "sources": []}
    cause.body = cause.body.stream_block.to_python(
        [*cause.body.get_prep_value(), {"type": "prose", "value": claim}]
    )
    cause.save_revision()
    page.goto(f"/admin/pages/{cause.pk}/edit/")
    # When somebody publishes it
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    # Then they are told why, and the draft is kept
    message = page.locator(".messages")
    expect(message).to_contain_text("was not published. The draft is safe.")
    expect(message).to_contain_text("It makes a claim without a source.")
    cause.refresh_from_db()
    assert cause.has_unpublished_changes
    assert cause.live_revision_id != cause.latest_revision_id


def test_a_reader_says_what_was_not_clear_and_an_editor_reads_it(page: Page) -> None:
    # Given a reader at the end of a page
    page.goto(CausePage.objects.get(key="strain").url)
    form = page.locator(".feedback form")
    # When they say no, and why
    form.get_by_label("No").check()
    form.get_by_label(re.compile("What could be clearer")).fill("What is a lumbar strain?")
    form.get_by_role("button", name="Send").click()
    # Then they are thanked, without a cookie, and an editor finds it
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.context.cookies() == []
    assert Feedback.objects.get().words == "What is a lumbar strain?"
    sign_in(page, "Writer")
    page.goto("/admin/feedback/")
    expect(page.get_by_text("What is a lumbar strain?")).to_be_visible()


def test_a_word_says_what_it_means(page: Page) -> None:
    page.goto(CausePage.objects.get(key="venous_thrombosis").url)
    word = page.locator(".term-word").first
    says = page.locator(f"#{word.get_attribute('popovertarget')}")
    expect(says).to_be_hidden()
    word.click()
    expect(says).to_be_visible()
    page.keyboard.press("Escape")
    expect(says).to_be_hidden()


def test_the_reports_open(page: Page) -> None:
    sign_in(page, "Writer")
    for name, title in {
        "quality": "Quality of pages",
        "claims": "Claims without a source",
        "sources": "Sources to look at",
        "searches": "Searches without a result",
    }.items():
        page.goto(f"/admin/reports/{name}/")
        expect(page.get_by_text(title).last).to_be_visible()

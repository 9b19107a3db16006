"""The admin's policy is enough for all that Wagtail does, and stops none of it.

Every violation in every frame is told, also those of which a console says nothing.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from wagtail.models import Comment

from library.models import CausePage, Source, TipPage

sys.path.insert(0, str(Path(__file__).parents[1] / "library" / "uploads"))

import files

LISTEN = """
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  window.toldViolation(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sample}`));
"""


def listening(page: Page) -> list[str]:
    stopped: list[str] = []
    page.context.expose_function("toldViolation", lambda told: stopped.append(told))
    page.context.add_init_script(LISTEN)
    return stopped


@pytest.fixture
def desk(editor_page: Page) -> Iterator[Page]:
    """Whatever the policy stops, in the editor or in the preview, fails the test."""
    stopped = listening(editor_page)
    yield editor_page
    assert stopped == []


def edit(desk: Page) -> CausePage:
    cause = CausePage.objects.get(key="strain")
    answer = desk.goto(f"/admin/pages/{cause.pk}/edit/")
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline';" in policy
    assert "unsafe-eval" not in policy
    return cause


def test_what_is_stopped_is_told(browser: Browser, site: str) -> None:
    """Else the tests below would see nothing."""
    page = browser.new_page()
    stopped = listening(page)
    page.goto(f"{site}/healthz")
    page.evaluate("document.body.setAttribute('onclick', 'window.ran = 1')")
    expect(page.locator("body[onclick]")).to_have_count(1)
    for _moment in range(100):  # it is told by an event, which may come a moment later
        if not stopped:
            page.wait_for_timeout(50)
    assert any("script-src" in one for one in stopped), stopped
    page.close()


def test_rows_dates_and_preview(desk: Page) -> None:
    # Given an editor on a cause page
    cause = edit(desk)
    rows = desk.locator("#id_tip_links-FORMS > *:visible")
    before = rows.count()
    assert before
    # When they add a tip to the list, and take the first one out
    desk.locator("#id_tip_links-OPEN_MODAL").click()
    dialog = desk.get_by_role("dialog")
    free = TipPage.objects.exclude(pk__in=cause.tip_links.values("tip")).first()
    assert free
    dialog.get_by_placeholder("Search").fill(free.title)
    expect(dialog.get_by_text(re.compile("match"))).to_be_visible()
    dialog.locator(f"#chooser-modal-select-{free.pk}").check()
    dialog.get_by_role("button", name=re.compile("Confirm")).click()
    expect(rows).to_have_count(before + 1)
    rows.first.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(before)
    # And look at it
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("#w-preview-iframe")
    expect(preview.locator("h1")).to_have_text(cause.title)
    # And say when it shall be published, with the calendar, and save that
    desk.get_by_role("button", name="Toggle status").click()
    desk.get_by_role("button", name="Set schedule").click()
    desk.locator("#id_go_live_at").click()
    calendar = desk.locator(".xdsoft_datetimepicker:visible")
    calendar.locator(".xdsoft_next").first.click()
    calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").nth(14).click()
    expect(desk.locator("#id_go_live_at")).to_have_value(re.compile(r"\d{4}-\d\d-15 "))
    desk.locator(".w-dialog__box:visible h2").first.click()  # the calendar closes
    expect(calendar).to_have_count(0)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save schedule").click()
    expect(desk.locator(".messages")).to_contain_text("has been")
    # Then all of it is kept
    cause.refresh_from_db()
    draft = cause.get_latest_revision_as_object()
    tips = {link.tip_id for link in draft.tip_links.all()}
    assert (len(tips), free.pk in tips) == (before, True)
    assert draft.go_live_at > timezone.now()


def test_a_comment_beside_a_field(desk: Page) -> None:
    """On a page with nothing to save: the answer of an autosave draws the comments anew, as the
    server knows them, and one that is being written then is lost. That is Wagtail's."""
    cause = edit(desk)
    desk.get_by_role("button", name="Toggle comments").click()
    field = desk.locator('[data-contentpath="answer"]')
    field.hover()
    field.get_by_role("button", name="Add comment").click()
    desk.locator("#comments textarea").fill("Is this still so?")
    desk.locator("#comments").get_by_role("button", name="Comment").click()
    expect(desk.locator("#comments").get_by_text("Is this still so?")).to_be_visible()
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save draft").click()
    expect(desk.locator("#comments").get_by_text("Is this still so?")).to_be_visible()
    assert Comment.objects.filter(page=cause, text="Is this still so?").exists()


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_choosers_of_pages_pictures_and_sources(desk: Page, tmp_path: Path) -> None:
    # A page, for a redirect
    cause = CausePage.objects.get(key="strain")
    desk.goto("/admin/redirects/add/")
    desk.get_by_role("button", name="Choose a page").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_placeholder("Search").fill("strain")
    dialog.get_by_role("link", name=cause.title).first.click()
    expect(desk.locator("input[name=redirect_page]")).to_have_value(str(cause.pk))
    # A picture, sent from the chooser itself
    desk.goto("/admin/settings/library/sitebrand/")
    desk.get_by_role("button", name="Choose an image").click()
    dialog.get_by_role("tab", name="Upload").click()
    logo = tmp_path / "logo.jpg"
    logo.write_bytes(files.photo(size=(300, 200)))
    dialog.get_by_label("Title").last.fill("Our mark")
    dialog.locator("input[type=file]").set_input_files(logo)
    dialog.get_by_role("button", name="Upload").click()
    picture = desk.locator(".chooser img, .w-field img").first
    expect(picture).to_be_visible()
    # A source, below the page's text
    edit(desk)
    sources = desk.locator('[data-contentpath="sources"]').first
    sources.get_by_role("button", name="Add").first.click()
    sources.get_by_role("button", name="Choose").last.click()
    title = dialog.locator("td a").first
    title.click()
    expect(dialog).to_have_count(0)
    # And the calendar of a source
    desk.goto(f"/admin/snippets/library/source/edit/{Source.objects.first().pk}/")
    desk.locator("#id_checked").click()
    calendar = desk.locator(".xdsoft_datetimepicker:visible")
    calendar.locator("td.xdsoft_date:not(.xdsoft_other_month)").nth(9).click()
    expect(desk.locator("#id_checked")).to_have_value(re.compile(r"-10$"))


ROOMS = (
    "/admin/",
    "/admin/pages/{parent}/",
    "/admin/pages/{page}/history/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/users/",
    "/admin/account/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/workflows/list/",
    "/admin/feedback/",
)


def test_no_room_of_the_admin_asks_another_origin_or_breaks_its_policy(desk: Page) -> None:
    """An account with an address and no picture is what gravatar would be asked about. Links to
    Wagtail's documents are for people to follow; nothing is fetched from there."""
    get_user_model().objects.update(email="editor@example.org")
    cause = CausePage.objects.get(key="strain")
    places = {"page": cause.pk, "parent": cause.get_parent().pk}
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    for address in ROOMS:
        answer = desk.goto(address.format(**places))
        assert answer
        assert answer.status == 200, address
        expect(desk.locator("main").first).to_be_visible()
        html = desk.content()
        assert "gravatar" not in html, address
    origin = desk.url.split("/admin/")[0]
    assert len(asked) > len(ROOMS)
    assert [url for url in asked if not url.startswith((origin, "data:", "blob:"))] == []

"""An owner makes the site their own, in the browser."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from wagtail.images import get_image_model

from library.models import SiteBrand, Source

sys.path.insert(0, str(Path(__file__).parents[1] / "library" / "uploads"))

import files

ACCENT = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_owner_sets_name_logo_colour_and_numbers_and_every_page_has_them(
    editor_page: Page, tmp_path: Path
) -> None:
    page = editor_page
    # Given the settings page
    page.goto("/admin/settings/library/sitebrand/")
    page.get_by_label("Name of the site").fill("Riverside")
    # When the owner uploads a logo, straight from a telephone
    page.get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    logo = tmp_path / "logo.jpg"
    logo.write_bytes(files.photo(size=(300, 200)))
    dialog.get_by_label("Title").last.fill("Our mark")
    dialog.locator("input[type=file]").set_input_files(logo)
    dialog.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Our mark").first).to_be_visible()
    # And sets colour, emergency number and urgent line
    page.get_by_label("Colour of links and buttons").fill("#003d5c")
    page.get_by_label("Emergency number").fill("144")
    page.get_by_label("Urgent line", exact=False).first.fill("our nurses")
    page.get_by_label("Number of the urgent line").fill("0848 133 133")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("updated").first).to_be_visible()
    brand = SiteBrand.objects.get()
    assert (brand.name, brand.emergency_number) == ("Riverside", "144")
    # Then the picture tells nothing of where it was taken
    with get_image_model().objects.get().file as stored:
        assert files.SECRET.encode() not in stored.read()
    # And every page has the owner's name, logo, colour and numbers
    for address in ("/", "/back-and-calf-pain/deep-vein-thrombosis/", "/nope/", "/search/"):
        page.goto(address)
        expect(page.locator("header.site-head .brand-name")).to_have_text("Riverside")
        picture = page.locator("header.site-head img.logo")
        expect(picture).to_be_visible()
        assert picture.evaluate("(one) => one.complete && one.naturalWidth > 0")
        expect(page.locator(".foot-emergency")).to_contain_text("Call 144")
        colour = page.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
        )
        assert "#003d5c" in colour
    # And the checker's advice has a button that dials
    page.goto("/symptom-checker/back-and-calf/begin/")
    page.get_by_label("I am short of breath, or my heart races").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("link", name="Call 144").first).to_have_attribute("href", "tel:144")


def test_the_date_picker_works_under_the_admins_policy(editor_page: Page) -> None:
    page = editor_page
    page.goto(f"/admin/snippets/library/source/edit/{Source.objects.first().pk}/")
    page.get_by_label("Checked on").click()
    day = page.locator(".xdsoft_datetimepicker:visible .xdsoft_date:not(.xdsoft_disabled)").first
    expect(day).to_be_visible()
    day.click()
    expect(page.get_by_label("Checked on")).not_to_have_value("")

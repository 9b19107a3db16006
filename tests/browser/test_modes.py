"""Zoomed, right to left, in the system's colours, by keyboard, on paper: the same pages for all."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.kinds import every_kind

MODES = {
    "zoomed to 200%": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "zoomed to 400%": {"viewport": {"width": 320, "height": 200}, "device_scale_factor": 4},
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
}
#: Where axe looks too: the other modes show it nothing that these do not.
LOOKED_AT = ("zoomed to 200%", "forced colours, dark")
CLIPPED = """
  const clipped = e => e && (getComputedStyle(e).clipPath !== "none" || clipped(e.parentElement));
"""
WIDE = f"""() => {{{CLIPPED}
  const out = ({{left, right}}) => right > innerWidth + 1 || left < -1;
  return [...document.querySelectorAll("main *, header *, footer *")]
    .filter(e => e.checkVisibility() && !e.closest("svg") && !clipped(e))
    .filter(e => out(e.getBoundingClientRect()))
    .map(e => e.outerHTML.slice(0, 80));
}}"""
#: Focuses one thing after the other, and tells of each that cannot be seen or shows no focus.
UNSEEN_FOCUS = f"""() => {{{CLIPPED}
  const all = [...document.querySelectorAll(
    "a[href], button, input, textarea, select, summary, [tabindex]:not([tabindex='-1'])")];
  return all.filter(e => e.checkVisibility() && !e.disabled && !e.closest("[popover]"))
    .filter(e => {{
      e.focus();
      const {{outlineStyle, outlineWidth}} = getComputedStyle(e);
      const ringed = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      const {{width, height}} = e.getBoundingClientRect();
      return document.activeElement !== e || !ringed || width < 5 || height < 5 || clipped(e)
        || e.tabIndex > 0;
    }})
    .map(e => e.outerHTML.slice(0, 120));
}}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(e => {
  const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(e);
  return parseFloat(transitionDuration) > 0 || animationName !== "none"
    || scrollBehavior === "smooth";
}).map(e => e.outerHTML.slice(0, 80))"""
UNDESCRIBED = """() => [...document.querySelectorAll("svg, img")].filter(e =>
  !e.closest("[aria-hidden=true]") && !(e.getAttribute("alt") || e.getAttribute("aria-label")
    || e.closest("[role=img][aria-label]") || e.getAttribute("aria-labelledby")
    || e.querySelector(":scope > title"))
).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_can_be_used_by_all(
    open_page: Callable[..., Page], axe: Callable[[Page], None], mode: str
) -> None:
    page = open_page(**MODES[mode])
    for address in every_kind():
        page.goto(address)
        if mode in LOOKED_AT:
            axe(page)
        assert page.evaluate(WIDE) == [], address


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_right_to_left_nothing_leaves_the_window(
    open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    for address in every_kind():
        page.goto(address)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate(WIDE) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize(
    "options",
    [{"viewport": {"width": 320, "height": 640}}, {}, {"forced_colors": "active"}],
    ids=["phone", "desk", "forced colours"],
)
def test_whatever_takes_the_focus_is_seen_and_shows_it(
    open_page: Callable[..., Page], options: dict[str, Any]
) -> None:
    page = open_page(**options)
    for address in every_kind():
        page.goto(address)
        page.keyboard.press("Tab")  # so that the browser knows of a keyboard
        assert page.evaluate(UNSEEN_FOCUS) == [], address


def test_a_keyboard_alone_goes_from_cause_to_cause(page: Page) -> None:
    page.goto("/back-and-calf-pain/slipped-disc/")
    page.get_by_role("navigation", name="Read on").get_by_role("link", name="Previous").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.rel") == "next"
    page.keyboard.press("Enter")
    page.wait_for_url("**/spinal-stenosis/")


def test_nothing_moves_for_who_asked_for_stillness(page: Page) -> None:
    for address in every_kind():
        page.goto(address)
        assert page.evaluate(MOVING) == [], address


def test_every_drawing_is_described_or_decoration(page: Page) -> None:
    for address in every_kind():
        page.goto(address)
        assert page.evaluate(UNDESCRIBED) == [], address


def test_every_kind_of_page_fits_on_paper_without_its_navigation(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 672, "height": 950})  # the text width of A4, at 96 dpi
    for address in every_kind():
        page.goto(address)
        page.emulate_media(media="print")
        assert page.evaluate(WIDE) == [], address
        for bar in page.locator(".site-nav, .breadcrumbs, .turn, .comfort, .search-form").all():
            assert bar.is_hidden(), address
        page.emulate_media(media="screen")


def test_a_radio_button_stays_in_its_row(phone_page: Page) -> None:
    """Styles of another page once reached it: the dot covered the words."""
    phone_page.goto("/symptom-checker/back-and-calf/")
    phone_page.get_by_role("link", name="Begin").click()
    dot = phone_page.locator(".choice input").first.bounding_box()
    assert dot is not None
    assert max(dot["width"], dot["height"]) <= 32
    assert dot["x"] < 60

"""Comfort stays on the device: reading options, reading aloud and my visit."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parent))

from comfort_steps import CAUSE, open_options

#: A browser with one voice of its own that says everything at once, and writes down what it said.
VOICES = """
  window.said = [];
  const local = {localService: %s, lang: "en-GB", default: true, name: "Own"};
  Object.defineProperty(window, "SpeechSynthesisUtterance", {value: class {
    constructor(text) { this.text = text; }
  }});
  Object.defineProperty(window, "speechSynthesis", {value: {
    getVoices: () => [local],
    addEventListener() {},
    cancel() { window.cancelled = true; },
    speak(utterance) {
      window.said.push(utterance.text);
      if (!window.slow) setTimeout(utterance.onend);
    },
  }});
"""


def test_text_size_and_colours_stay_and_nothing_is_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.method) if r.method != "GET" else None)
    # Given a page at its normal size
    page.goto(CAUSE)
    size = "parseFloat(getComputedStyle(document.querySelector('.answer')).fontSize)"
    normal = page.evaluate(size)
    # When a reader wants it larger and dark, by keyboard
    page.get_by_text("Reading options").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Normal").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_label("Dark").check()
    # Then it is, here and on the next page
    for address in (None, "/treatments/"):
        if address:
            page.goto(address)
        page.wait_for_selector("html[data-text=larger]")
        assert page.evaluate(size) >= normal * 1.25
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    # And no cookie holds it, and nothing was sent
    assert page.context.cookies() == []
    assert sent == []
    open_options(page)
    expect(page.get_by_label("Larger")).to_be_checked()
    page.get_by_label("Normal").check()
    page.get_by_label("As on my device").check()
    assert page.evaluate("localStorage.getItem('comfort')") == "{}"


def test_the_short_version_keeps_what_is_urgent(page: Page) -> None:
    page.goto("/back-and-calf-pain/deep-vein-thrombosis/")
    prose = page.locator(".article > .prose > .text").first
    cards = page.locator(".article > section.care")
    urgent = cards.count()
    expect(prose).to_be_visible()
    # When a reader wants the short version
    open_options(page)
    page.get_by_label("Only the short version").check()
    # Then the long text goes; care cards, key facts and what to do stay
    expect(prose).to_be_hidden()
    assert urgent > 0
    for number in range(urgent):
        expect(cards.nth(number)).to_be_visible()
    kept = ".article :is(.key-facts, .do-dont, .stop, .caution, .piece.care, .review)"
    assert page.locator(kept).count() > 1
    for part in page.locator(kept).all():
        expect(part).to_be_visible()
    # And the way back is said
    page.get_by_role("button", name="Show the full page").click()
    expect(prose).to_be_visible()


@pytest.mark.parametrize("address", ["/prevention/walking/", "/prevention/change-position/"])
def test_the_short_version_of_a_tip_leaves_out_only_the_proof(page: Page, address: str) -> None:
    page.goto(address)
    proof = page.locator(".article > .evidence")
    kept = page.locator(
        ".article > :is(.care, .stop, .steps, .exercise), .article > .prose > .text"
    )
    before = kept.count()
    expect(proof).to_be_visible()
    open_options(page)
    page.get_by_label("Only the short version").check()
    expect(proof).to_be_hidden()
    expect(page.get_by_role("heading", name="How strong the evidence is")).to_be_hidden()
    # Its text says for whom it is not
    assert before > 3
    for part in kept.all():
        expect(part).to_be_visible()
    page.get_by_role("button", name="Show the full page").click()
    expect(proof).to_be_visible()


def test_without_scripts_there_are_no_controls(scriptless_page: Page) -> None:
    scriptless_page.goto(CAUSE)
    expect(scriptless_page.get_by_text("Reading options")).to_be_hidden()
    expect(scriptless_page.locator(".article > .prose > .text").first).to_be_visible()
    scriptless_page.goto("/my-visit/")
    expect(scriptless_page.get_by_text("This list needs JavaScript")).to_be_visible()


def test_nothing_jumps_when_the_controls_come(page: Page) -> None:
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => {"
        " for (const one of list.getEntries()) window.shifts += one.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(CAUSE)
    expect(page.get_by_text("Reading options")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") < 0.01


def test_a_local_voice_reads_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.add_init_script(VOICES % "true")
    page.goto(CAUSE)
    open_options(page)
    page.get_by_role("button", name="Read aloud").click()
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    said = page.evaluate("window.said")
    assert said[0] == page.locator(".kind").inner_text().strip() or "disc" in said[0].lower()
    card = page.locator(".care-lines li").first.inner_text()
    assert said.index(card) < said.index(page.locator(".article .prose h2").first.inner_text())
    assert len(said) == len(page.evaluate("window.said"))
    # And it can be stopped
    page.evaluate("window.said = []; window.slow = true")
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Stop reading").click()
    assert page.evaluate("window.cancelled && window.said.length") == 1
    assert page.locator(".being-read").count() == 0


def test_a_voice_from_the_network_is_not_offered(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.add_init_script(VOICES % "false")
    page.goto(CAUSE)
    open_options(page)
    expect(page.get_by_role("button", name="Add to my visit")).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud")).to_be_hidden()


def test_my_visit_holds_pages_and_questions_and_lets_go(
    page: Page, axe: Callable[[Page], None]
) -> None:
    # Given a page that a reader wants to talk about
    page.goto(CAUSE)
    open_options(page)
    page.get_by_role("button", name="Add to my visit").click()
    expect(page.get_by_role("button", name="It is in “My visit”")).to_be_visible()
    # When they add a question
    page.get_by_role("link", name="My visit").first.click()
    page.get_by_label("Your question").fill('Can I <b>lift</b> "my" child?')
    page.get_by_role("button", name="Add the question").click()
    # Then both stand there as typed, also after a reload
    for _again in range(2):
        expect(page.get_by_text('Can I <b>lift</b> "my" child?')).to_be_visible()
        expect(page.locator("[data-visit-pages] a")).to_have_attribute("href", CAUSE)
        page.reload()
    axe(page)
    # And on paper without the controls
    page.emulate_media(media="print")
    expect(page.get_by_text("Can I <b>lift")).to_be_visible()
    expect(page.get_by_role("button", name="Remove").first).to_be_hidden()
    page.emulate_media(media="screen")
    # And they can be taken off, one or all
    page.get_by_role("button", name="Remove: Can I").click()
    expect(page.get_by_text("Can I <b>lift")).to_have_count(0)
    page.get_by_role("button", name="Delete all of it").click()
    expect(page.locator("[data-visit-pages] a")).to_have_count(0)
    expect(page.get_by_text("It is deleted.")).to_be_visible()
    assert page.evaluate("localStorage.getItem('my-visit')") is None
    assert page.context.cookies() == []


def test_broken_storage_breaks_nothing(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.setItem('comfort', '{'); localStorage.setItem('my-visit', '[')")
    page.goto(CAUSE)
    open_options(page)
    page.get_by_label("Larger").check()
    page.get_by_role("button", name="Add to my visit").click()
    kept = json.loads(page.evaluate("localStorage.getItem('my-visit')"))
    assert [one["url"] for one in kept["pages"]] == [CAUSE]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_options_can_be_used_by_all(
    open_page: Callable[..., Page], axe_by_day_and_night: Callable[[Page], None], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(CAUSE)
    open_options(page)
    expect(page.get_by_role("button", name="Add to my visit")).to_be_visible()
    axe_by_day_and_night(page)
    page.get_by_label("Strong contrast").check()
    page.get_by_label("Only the short version").check()
    page.get_by_label("Larger").check()
    axe_by_day_and_night(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

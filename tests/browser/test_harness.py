"""The browser tests' own promises: what goes wrong is seen, and nothing leaves this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def watched(browser: Browser, site: str, harness: ModuleType) -> Iterator[tuple[Page, list[str]]]:
    """A page whose problems are looked at here, where they would fail any other test."""
    with browser.new_context() as context:
        page = context.new_page()
        watch = harness.Watch(site)
        watch.over(page)
        yield page, watch.problems


@pytest.fixture
def harness(request: pytest.FixtureRequest) -> ModuleType:
    """The conftest beside this file, as the module that pytest has loaded."""
    plugin = request.config.pluginmanager.get_plugin(str(Path(__file__).parent / "conftest.py"))
    assert isinstance(plugin, ModuleType)
    return plugin


def test_a_script_that_fails_is_a_problem(watched: tuple[Page, list[str]]) -> None:
    page, problems = watched
    page.set_content("<script>console.error('broken'); undefined.nothing</script>")
    assert any("broken" in problem for problem in problems)
    assert any(problem.startswith("script error") for problem in problems)


def test_asking_another_host_is_a_problem(watched: tuple[Page, list[str]]) -> None:
    page, problems = watched
    page.set_content("<img alt='' src='https://elsewhere.example/pixel.png'>")
    assert "asked another host: https://elsewhere.example/pixel.png" in problems


def test_a_missing_part_of_a_page_is_a_problem(watched: tuple[Page, list[str]], site: str) -> None:
    page, problems = watched
    page.goto(site + "/static/robots-of-nowhere.txt")
    assert problems == [], "a missing page itself is for the test to judge"
    page.set_content(f"<img alt='' src='{site}/static/missing.svg'>")
    page.wait_for_load_state("networkidle")
    assert any("missing.svg" in problem for problem in problems)


def test_axe_finds_what_a_reader_could_not_use(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_finds_it_on_the_next_page_too(page: Page, axe: Callable[[Page], None]) -> None:
    """It is sent to a window once (conftest), and looks at each page anew."""
    page.goto("/glossary/")
    axe(page)
    for address in ("/about/", "/glossary/"):
        page.goto(address)
        page.evaluate("document.querySelector('main').append(new Image())")
        with pytest.raises(AssertionError, match="image-alt"):
            axe(page)


def test_axe_sees_faint_words_each_time(page: Page, axe: Callable[[Page], None]) -> None:
    """It remembers colours (conftest): the same ones elsewhere are no less faint."""
    faint = "<p id=%s style='color: #bbb; background: rgb(255 255 255)'>Words.</p>"
    start = "<!doctype html><html lang=en><title>x</title><main><h1>x</h1>"
    page.set_content(start + faint % "one" + faint % "two" + "<p id=three>Words.</p></main>")
    with pytest.raises(AssertionError, match="color-contrast") as told:
        axe(page)
    assert [f"#{name}" in str(told.value) for name in ("one", "two", "three")] == [
        True,
        True,
        False,
    ]


def test_what_is_faint_in_the_dark_alone_is_found(
    page: Page, axe_by_day_and_night: Callable[[Page], None]
) -> None:
    start = "<!doctype html><html lang=en><title>x</title><main><h1>x</h1><p>Words.</p></main>"
    dark = "<style>@media (prefers-color-scheme: dark) { p { %s } }</style>"
    page.set_content(start + dark % "color: #fff; background: #000")
    axe_by_day_and_night(page)
    page.set_content(start + dark % "color: #bbb")
    with pytest.raises(AssertionError, match="color-contrast"):
        axe_by_day_and_night(page)
    page.set_content(start + dark % "padding: 1px")
    with pytest.raises(AssertionError, match="dark is more than other colours"):
        axe_by_day_and_night(page)

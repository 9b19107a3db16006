"""Care cards on library pages are the live rules' own words: no page can drift from the checker."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from wagtail.models import Page

from checker.care import all_cards, care_cards
from checker.engine import Level, Ruleset
from checker.files import read_checker
from checker.releases import STANDS_ON, live_release
from checker.templatetags.checker_tags import care_cards as care_cards_tag
from checker.templatetags.checker_tags import checker_links
from config.serving.stamp import FileCounter
from library import fresh

SHOWN = (Level.EMERGENCY, Level.URGENT)
CARD = re.compile(
    r'<section class="care" data-level="(\w+)" aria-labelledby="care-\d+">(.*?)</section>', re.S
)
LINE = re.compile(r"<li>(.*?)</li>", re.S)
MOST_LINES = 14


@pytest.fixture
def rules(library: None) -> Ruleset:
    found = live_release("back-and-calf")
    assert found is not None
    return found.ruleset


def shown_on(page: str) -> dict[str, list[str]]:
    """Level and lines of the care cards of a page, as a reader sees them."""
    return {
        level: [html.unescape(" ".join(line.split())) for line in LINE.findall(card)]
        for level, card in CARD.findall(page)
    }


def expected(rules: Ruleset, keys: set[str]) -> dict[str, list[str]]:
    """Straight from the rules: what each level's rules about these causes say."""
    found: dict[str, list[str]] = {}
    for level in SHOWN:
        lines = [
            rule.card
            for rule in rules.rules
            if rule.level is level and rule.card and keys & set(rule.about)
        ]
        if lines:
            found[level.key] = list(dict.fromkeys(lines))
    return found


def test_every_page_shows_exactly_what_the_live_rules_say(rules: Ruleset) -> None:
    client, seen = Client(), 0
    for page in Page.objects.live().specific():
        if page.get_url() is None:
            continue
        keys = set(page.care_keys()) if hasattr(page, "care_keys") else set()
        shown = shown_on(client.get(page.get_url()).content.decode())
        assert shown == expected(rules, keys), page.slug
        seen += bool(shown)
    assert seen > 20, "hardly any page has a care card: is the pattern of this test still right?"


def test_a_card_stands_before_all_else_on_the_page_of_an_emergency(rules: Ruleset) -> None:
    page = Page.objects.get(slug="cauda-equina-syndrome")
    text = Client().get(page.get_url()).content.decode()
    main = text[text.index("<main") :]
    assert main.index('data-level="emergency"') < main.index("<h2")


def test_cards_are_one_a_level_and_short(rules: Ruleset) -> None:
    for cause in rules.causes:
        cards = care_cards([rules], [cause.key])
        levels = [card.level for card in cards]
        assert len(set(levels)) == len(levels)
        for card in cards:
            assert len(card.lines) <= MOST_LINES, cause.key


def test_an_emergency_comes_before_what_is_urgent(rules: Ruleset) -> None:
    cards = all_cards(rules)
    assert [card.level for card in cards] == ["emergency", "urgent"]


@pytest.mark.django_db
def test_without_keys_or_without_a_release_there_is_no_card() -> None:
    for context in ({"keys": []}, {"keys": ["venous_thrombosis"]}):
        page = Template("{% care_cards keys %}").render(Context(context))
        assert "<section" not in page


def test_every_emergency_rule_has_a_line_of_its_own() -> None:
    """A rule without one would be missing from every page, and from "when to get help"."""
    folder = Path(__file__).parents[2] / "content" / "checkers" / "back-and-calf"
    for rule in read_checker(folder).rules:
        if rule.level is Level.EMERGENCY:
            assert rule.card, rule.key


def test_the_tag_links_every_checker(library: None) -> None:
    page: Any = Template("{% checker_links %}").render(Context({}))
    assert 'href="/symptom-checker/back-and-calf/"' in page


def test_whoever_shows_the_live_rules_stands_on_them_though_another_asked_first(
    rules: Ruleset, rf: RequestFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a request looked up once is shown in several pieces; each must be made anew."""
    monkeypatch.setattr(fresh, "counter", shared := FileCounter(tmp_path / "stamp"))
    context = {"request": rf.get("/")}
    with fresh.watching(shared):
        care_cards_tag(context, ["dvt"])
    with fresh.watching(shared) as watch:
        checker_links(context)
    assert watch is not None
    assert set(STANDS_ON) <= watch.tags

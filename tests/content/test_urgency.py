"""Urgency comes first, on the pages as readers see them."""

import re
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from library.audit.library import Library
from library.audit.red_flags import read_red_flags
from library.loader.fields import MODELS


def _rules(content: Path) -> dict[str, dict[str, object]]:
    path = content / "checkers/back-and-calf/rules.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {rule["key"]: rule for rule in table["rule"]}


def test_the_red_flags_are_those_of_the_checker(content: Path) -> None:
    """Table and rules cannot drift apart: each flag has its rule, its card and its causes."""
    rules = _rules(content)
    for flag in read_red_flags(content):
        rule = rules[flag.rule]
        assert rule["level"] in ("emergency", "urgent"), flag.rule
        assert rule["card"], flag.rule
        assert set(flag.care) <= set(rule["about"]), flag.rule  # type: ignore[call-overload]


def test_every_emergency_of_the_rules_is_a_red_flag_of_the_pages(content: Path) -> None:
    rules = _rules(content)
    emergencies = {key for key, rule in rules.items() if rule["level"] == "emergency"}
    named = {flag.rule for flag in read_red_flags(content)}
    carded = {key for key in emergencies if rules[key].get("card")}
    assert carded - named <= {"calf-pressure", "fever-weak-leg"}


@pytest.mark.django_db
def test_care_stands_above_everything_else_on_every_page(
    library: None, words: Library, client: Client
) -> None:
    """Also where a page names a red flag: the very words of the rule stand in its first card."""
    warned = 0
    for page in words.pages:
        if not page.care:
            continue
        model = MODELS[page.kind]
        text = client.get(model.objects.get(slug=page.slug).url).content.decode()
        start, body = text.index('<section class="care"'), re.search(r"<h2(?! class=\"care)", text)
        assert body is not None
        assert start < body.start(), page.slug
        warned += 1
    assert warned > 60


@pytest.mark.django_db
def test_the_card_of_a_red_flag_is_on_the_page_that_names_it(
    library: None, words: Library, content: Path, client: Client
) -> None:
    rules = _rules(content)
    page = words.by_slug["slipped-disc"]
    named = [
        flag
        for flag in words.red_flags
        if any(flag.named_in(block.sentences()) for block in page.blocks)
    ]
    text = client.get(MODELS["cause"].objects.get(slug=page.slug).url).content.decode()
    assert len(named) >= 4
    for flag in named:
        card = str(rules[flag.rule]["card"])
        assert card in text, flag.rule
        assert text.index(card) < text.index("What it is</h2>"), flag.rule


@pytest.mark.django_db
def test_the_topic_shows_care_then_the_table_then_the_checker(
    library: None, client: Client
) -> None:
    text = client.get(MODELS["topic"].objects.get(slug="back-and-calf-pain").url).content.decode()
    care, table = text.index('data-level="emergency"'), text.index('id="compare"')
    urgent = text.index('data-level="urgent"')
    assert care < urgent < table < text.rindex("/symptom-checker/back-and-calf/")


@pytest.mark.django_db
def test_every_page_says_that_no_clinician_has_reviewed_it(library: None, client: Client) -> None:
    for model in MODELS.values():
        for page in model.objects.live():
            text = client.get(page.url).content.decode()
            assert "ot yet reviewed by a clinician" in text, page.slug

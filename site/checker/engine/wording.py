"""Is every question short, single and explained, and does everything name its source?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import ERROR, WARNING, Finding
from .model import NOT_SURE, Level, Question, Ruleset

LONGEST_TEXT = 120
MOST_OPTIONS = 5

TWO_QUESTIONS = re.compile(
    r"\band/or\b"
    r"|\b(?:and|or),?\s+(?:do|does|did|have|has|had|is|are|was|were|can|could|will|would)"
    r"\s+(?:you|your|it|the|there|this|that|they|one|both|either|any)\b",
    re.IGNORECASE,
)
"""A second verb and subject after "and" or "or": two questions in one sentence."""


def wording(ruleset: Ruleset) -> Iterator[Finding]:
    for question in ruleset.questions:
        yield from _question(question)
        yield from _options(question)
    yield from _sources(ruleset)
    yield from _cards(ruleset)


def _question(question: Question) -> Iterator[Finding]:
    where = ("question", question.key)
    text = question.text.strip()
    if len(text) > LONGEST_TEXT:
        yield Finding(
            "wording",
            ERROR,
            where,
            f"The question has {len(text)} characters. Use at most {LONGEST_TEXT}, "
            "and put the rest into the hint.",
        )
    if text.count("?") != 1 or not text.endswith("?"):
        yield Finding("wording", ERROR, where, "Ask one question that ends with one question mark.")
    if TWO_QUESTIONS.search(text):
        yield Finding(
            "wording", ERROR, where, "This asks two things at once. Make it two questions."
        )
    if not question.why:
        yield Finding("wording", WARNING, where, "Say why we ask.")


def _options(question: Question) -> Iterator[Finding]:
    where = ("question", question.key)
    if len(question.options) > MOST_OPTIONS:
        count = len(question.options)
        yield Finding("wording", ERROR, where, f"It has {count} options. Five are the most.")
    for option in question.options:
        if not option.said:
            yield Finding(
                "wording",
                ERROR,
                where,
                f"Say how the result repeats the answer '{option.text}' to the patient.",
            )


def _sources(ruleset: Ruleset) -> Iterator[Finding]:
    for rule in ruleset.rules:
        if not rule.sources:
            yield Finding("sources", ERROR, ("rule", rule.key), "The rule names no source.")
    for sign in ruleset.signs:
        if not sign.sources:
            yield Finding("sources", ERROR, ("sign", sign.key), "The sign names no source.")


def _cards(ruleset: Ruleset) -> Iterator[Finding]:
    """Care cards speak to readers who know what they have, so "not sure" needs no line there."""
    for rule in ruleset.rules:
        unsure = any(condition.options == (NOT_SURE,) for condition in rule.when)
        if rule.level >= Level.URGENT and not rule.card and not unsure:
            message = "A rule this urgent needs its line for the care cards."
            yield Finding("wording", ERROR, ("rule", rule.key), message)

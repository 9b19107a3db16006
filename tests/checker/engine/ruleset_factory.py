"""Small rulesets for the tests: made by hand, or drawn by Hypothesis."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from checker.engine import Level, Ruleset, parse

thorough = settings(
    max_examples=int(os.environ.get("ENGINE_EXAMPLES", "50")), deadline=None, database=None
)
"""No database: a test run leaves no files behind. ENGINE_EXAMPLES=1000 searches harder."""


def question(key: str, options: str = "no not-sure yes", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "text": f"Do you have {key}?",
        "why": f"We ask because {key} matters.",
        "option": [
            {"key": option, "text": option.title(), "said": f"{key}: {option}."}
            for option in options.split()
        ],
        **more,
    }


def rule(key: str, level: str, when: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "level": level,
        "when": {name: options.split() for name, options in when.items()},
        "because": f"because of {key}",
        "card": f"you have {key}",
        "sources": ["EXPERT"],
        **more,
    }


def sign(cause: str, key: str, options: str, weight: int, **more: Any) -> dict[str, Any]:
    return {
        "cause": cause,
        "question": key,
        "options": options.split(),
        "weight": weight,
        "phrase": f"{key} is {options}",
        "sources": ["EXPERT"],
        **more,
    }


def cause(key: str, lookalike: bool = False) -> dict[str, Any]:
    return {"key": key, "name": key.title(), "page": key, "lookalike": lookalike}


def case(key: str, level: str, answers: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "text": f"I am {key}.",
        "answers": answers,
        "level": level,
        "causes": [],
        **more,
    }


def documents() -> dict[str, dict[str, Any]]:
    """A good little checker that passes the whole gate."""
    return {
        "questions": {
            "title": "Leg checker",
            "question": [
                question("breathless", kind="emergency"),
                question("swelling", "no not-sure slight clear", kind="red-flag"),
                question("tender", ask_if={"swelling": ["slight", "clear"]}),
                question("age", "young middle old not-sure", scale=False),
                question("desk"),
            ],
        },
        "rules": {
            "rule": [
                rule("lung", "emergency", {"breathless": "yes"}),
                rule("unsure-breath", "urgent", {"breathless": "not-sure"}),
                rule("clot", "urgent", {"swelling": "clear"}),
                rule("tender-swelling", "urgent", {"swelling": "slight clear", "tender": "yes"}),
                rule("some-swelling", "soon", {"swelling": "not-sure slight"}),
                rule("home", "self_care", {"swelling": "no", "age": "young middle"}),
            ]
        },
        "signs": {
            "cause": [cause("clot"), cause("posture"), cause("cyst", lookalike=True)],
            "sign": [
                sign("clot", "swelling", "slight clear", 3),
                sign("clot", "tender", "yes", 2),
                sign("posture", "desk", "yes", 3),
                sign("posture", "swelling", "no", 2),
                sign("cyst", "tender", "yes", 2),
                sign("cyst", "age", "old", 1),
            ],
        },
        "cases": {
            "case": [
                case("breathless", "emergency", {"breathless": "yes"}),
                case("unsure", "urgent", {}),
                case("clear", "urgent", calm(swelling="clear", tender="no"), causes=["clot"]),
                case("sore", "urgent", calm(swelling="slight", tender="yes"), causes=["clot"]),
                case("slight", "soon", calm(swelling="slight", tender="no"), causes=["clot"]),
                case("slight-unsure", "soon", calm(swelling="slight"), causes=["clot"]),
                case("unsure-swelling", "soon", calm()),
                case("young", "self_care", calm(swelling="no", age="young"), causes=["posture"]),
                case(
                    "desk",
                    "self_care",
                    calm(swelling="no", age="middle", desk="yes"),
                    causes=["posture"],
                ),
                case("old", "soon", calm(swelling="no", age="old"), causes=["posture"]),
                case("no-age", "soon", calm(swelling="no"), causes=["posture"]),
            ]
        },
    }


def calm(**answers: str) -> dict[str, str]:
    return {"breathless": "no", **answers}


def good() -> Ruleset:
    return parse(**documents())


def broken(change: Callable[[dict[str, dict[str, Any]]], object]) -> Ruleset:
    """The good ruleset after one change to its files."""
    files = documents()
    change(files)
    return parse(**files)


def sheets(ruleset: Ruleset) -> Iterator[dict[str, str]]:
    """Every possible set of answers to every question: brute force for small rulesets."""
    keys = [question.key for question in ruleset.questions]
    for options in product(*(question.option_keys for question in ruleset.questions)):
        yield dict(zip(keys, options, strict=True))


def visible(ruleset: Ruleset, sheet: Mapping[str, str]) -> dict[str, str]:
    """The answers to questions whose `ask_if` holds, without any short cut."""
    shown: dict[str, str] = {}
    for question in ruleset.asking_order:
        if all(shown.get(c.question) in c.options for c in question.ask_if):
            shown[question.key] = sheet[question.key]
    return shown


def naive_level(ruleset: Ruleset, sheet: Mapping[str, str]) -> Level:
    """What the rules say about a full answer sheet, word for word."""
    shown = visible(ruleset, sheet)
    fired = [
        rule.level
        for rule in ruleset.rules
        if all(shown.get(c.question) in c.options for c in rule.when)
    ]
    return max(fired) if fired else Level.SOON


LEVELS = ("self_care", "soon", "urgent", "emergency")


@st.composite
def small_documents(draw: st.DrawFn, max_questions: int = 4) -> dict[str, dict[str, Any]]:
    """Any small ruleset, sensible or not: what is proved about it is compared with brute force."""
    count = draw(st.integers(2, max_questions))
    questions: list[dict[str, Any]] = []
    for number in range(count):
        options = draw(st.sampled_from(["no not-sure yes", "no yes not-sure", "no not-sure a b"]))
        drawn = question(f"q{number}", options, scale=draw(st.booleans()))
        if number and draw(st.integers(0, 2)) == 0:
            parent = draw(st.sampled_from(questions))
            drawn["ask_if"] = {parent["key"]: draw(some_options(parent))}
        elif number == 0 or draw(st.booleans()):
            drawn["kind"] = "emergency"
        questions.append(drawn)
    return {
        "questions": {"title": "Drawn", "question": questions},
        "rules": {"rule": draw(drawn_rules(questions))},
        "signs": {
            "cause": [cause("c0"), cause("c1"), cause("c2", lookalike=True)],
            "sign": draw(drawn_signs(questions)),
        },
        "cases": {"case": draw(drawn_cases(questions))},
    }


def some_options(drawn: dict[str, Any]) -> st.SearchStrategy[list[str]]:
    keys = [option["key"] for option in drawn["option"]]
    return st.lists(st.sampled_from(keys), min_size=1, max_size=len(keys) - 1, unique=True)


@st.composite
def drawn_rules(draw: st.DrawFn, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rules = []
    for number in range(draw(st.integers(1, 6))):
        used = draw(st.lists(st.sampled_from(questions), min_size=1, max_size=3, unique_by=_key))
        when = {one["key"]: " ".join(draw(some_options(one))) for one in used}
        rules.append(rule(f"r{number}", draw(st.sampled_from(LEVELS)), when))
    return rules


def _key(table: dict[str, Any]) -> str:
    return str(table["key"])


@st.composite
def drawn_signs(draw: st.DrawFn, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    weights = st.integers(-3, 3).filter(bool)
    signs = []
    for _ in range(draw(st.integers(0, 8))):
        one = draw(st.sampled_from(questions))
        options = " ".join(sorted(draw(some_options(one))))
        signs.append(
            sign(draw(st.sampled_from(["c0", "c1", "c2"])), one["key"], options, draw(weights))
        )
    return list({(s["cause"], s["question"], *s["options"]): s for s in signs}.values())


@st.composite
def drawn_cases(draw: st.DrawFn, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cases = []
    for number in range(draw(st.integers(0, 4))):
        answers = {
            one["key"]: draw(st.sampled_from([option["key"] for option in one["option"]]))
            for one in questions
            if draw(st.booleans())
        }
        cases.append(case(f"case{number}", draw(st.sampled_from(LEVELS)), answers))
    return cases


def small_rulesets(max_questions: int = 4) -> st.SearchStrategy[Ruleset]:
    return small_documents(max_questions).map(lambda drawn: parse(**drawn))

"""The proof is itself proved: on small rulesets it agrees with brute force."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from ruleset_factory import (
    broken,
    good,
    naive_level,
    rule,
    sheets,
    small_rulesets,
    thorough,
    visible,
)

from checker.engine import NOT_SURE, Level, Question, Rule, Ruleset
from checker.engine.proof import (
    Lowered,
    live_rules,
    never_fires,
    not_monotone,
    not_sure_safer,
    shadowed,
    unreachable_levels,
)


def lowers(ruleset: Ruleset, key: str, answers: list[str], worse: str) -> bool:
    """Somebody has a lower level with the worse answer than with every one of the answers."""
    return any(
        naive_level(ruleset, sheet | {key: worse})
        < min(naive_level(ruleset, sheet | {key: answer}) for answer in answers)
        for sheet in sheets(ruleset)
    )


def pairs(found: list[Lowered]) -> set[tuple[str, str, str]]:
    return {(one.question.key, one.answer, one.worse) for one in found}


def steps(ruleset: Ruleset) -> Iterator[tuple[str, str, str]]:
    for question in ruleset.questions:
        keys = question.option_keys
        if question.scale:
            for place in range(len(keys) - 1):
                yield question.key, keys[place], keys[place + 1]


@thorough
@given(small_rulesets())
def test_monotony_agrees_with_brute_force(ruleset: Ruleset) -> None:
    wrong = {step for step in steps(ruleset) if lowers(ruleset, step[0], [step[1]], step[2])}
    assert pairs(not_monotone(ruleset)) == wrong


def compared(question: Question) -> list[str]:
    if "no" in question.option_keys:
        return ["no"]
    sure = [key for key in question.option_keys if key != NOT_SURE]
    return sure[:1] if question.scale else sure


@thorough
@given(small_rulesets())
def test_not_sure_agrees_with_brute_force(ruleset: Ruleset) -> None:
    wrong = {
        (question.key, compared(question)[0], NOT_SURE)
        for question in ruleset.questions
        if lowers(ruleset, question.key, compared(question), NOT_SURE)
    }
    assert pairs(not_sure_safer(ruleset)) == wrong


@thorough
@given(small_rulesets())
def test_the_example_shown_is_real(ruleset: Ruleset) -> None:
    for one in not_monotone(ruleset):
        base = next(iter(sheets(ruleset))) | dict(one.answers)
        before = naive_level(ruleset, base | {one.question.key: one.answer})
        after = naive_level(ruleset, base | {one.question.key: one.worse})
        assert after < one.level <= before


def fires_for(ruleset: Ruleset, one: Rule) -> list[dict[str, str]]:
    return [sheet for sheet in sheets(ruleset) if one.fires(visible(ruleset, sheet))]


@thorough
@given(small_rulesets())
def test_dead_shadowed_and_live_rules_agree_with_brute_force(ruleset: Ruleset) -> None:
    dead, never_counts = set(), set()
    for one in ruleset.rules:
        people = fires_for(ruleset, one)
        others = replace(
            ruleset,
            rules=tuple(r for r in ruleset.rules if r is not one and r.level >= one.level),
        )
        if not people:
            dead.add(one.key)
        elif all(any(sheet in fires_for(ruleset, r) for r in others.rules) for sheet in people):
            never_counts.add(one.key)
    assert {one.key for one in never_fires(ruleset)} == dead
    assert {one.key for one in shadowed(ruleset)} == never_counts
    assert {one.key for one in live_rules(ruleset)} == (
        set(ruleset.rule_by_key) - dead - never_counts
    )


@thorough
@given(small_rulesets())
def test_levels_reached_agree_with_brute_force(ruleset: Ruleset) -> None:
    given_levels = {naive_level(ruleset, sheet) for sheet in sheets(ruleset)}
    assert set(unreachable_levels(ruleset)) == set(Level) - given_levels


def test_the_good_ruleset_has_nothing_to_mend() -> None:
    ruleset = good()
    assert not_monotone(ruleset) == []
    assert not_sure_safer(ruleset) == []
    assert never_fires(ruleset) == []
    assert shadowed(ruleset) == []
    assert unreachable_levels(ruleset) == []


def test_a_newly_asked_question_may_not_lower_the_level() -> None:
    """Tenderness is asked from "slight" on, so swelling alone could earn the self-care rule."""
    ruleset = broken(
        lambda files: files["rules"]["rule"].append(rule("calm", "self_care", {"tender": "no"}))
    )
    assert not_monotone(ruleset) == []
    ruleset = broken(
        lambda files: files["rules"].update(
            rule=[rule("calm", "self_care", {"tender": "no"}), *files["rules"]["rule"][:4]]
        )
    )
    found = not_monotone(ruleset)
    assert [(one.question.key, one.answer, one.worse) for one in found] == [
        ("swelling", "not-sure", "slight")
    ]

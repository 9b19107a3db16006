"""Who is asked what, and how much at most."""

from typing import Any

from hypothesis import given
from ruleset_factory import broken, good, question, rule, sheets, sign, small_rulesets, thorough

from checker.engine import Level, Ruleset, advise, path
from checker.engine.reach import (
    asked_before_emergency,
    idle_options,
    most_asked,
    unreachable_questions,
)

Files = dict[str, dict[str, Any]]


@thorough
@given(small_rulesets())
def test_unreachable_questions_agree_with_brute_force(ruleset: Ruleset) -> None:
    asked = {q.key for sheet in sheets(ruleset) for q in path(ruleset, sheet)}
    never = [q.key for q in unreachable_questions(ruleset)]
    assert never == [q.key for q in ruleset.questions if q.key not in asked]


@thorough
@given(small_rulesets())
def test_no_visit_is_longer_than_was_proved(ruleset: Ruleset) -> None:
    longest, before = most_asked(ruleset), asked_before_emergency(ruleset)
    for sheet in sheets(ruleset):
        advice = advise(ruleset, sheet)
        assert len(advice.answers) <= longest
        if advice.level == Level.EMERGENCY:
            fired = [one.key for one in advice.fired if one.level == Level.EMERGENCY]
            assert len(advice.answers) <= max(before[key] for key in fired)


def test_the_bound_is_met_by_a_real_visit() -> None:
    ruleset = good()
    assert most_asked(ruleset) == max(len(path(ruleset, s)) for s in sheets(ruleset)) == 5
    assert asked_before_emergency(ruleset) == {"lung": 1}


def test_questions_that_exclude_each_other_are_not_counted_together() -> None:
    def split(files: Files) -> None:
        files["questions"]["question"] += [
            question("hard", ask_if={"swelling": ["no"]}),
            question("red", ask_if={"swelling": ["no", "not-sure"]}),
            question("vein", ask_if={"tender": ["yes"]}),
        ]
        files["signs"]["sign"] += [sign("clot", key, "yes", 1) for key in ("hard", "red", "vein")]

    assert most_asked(broken(split)) == 6


def test_an_emergency_late_in_the_list_is_counted() -> None:
    def late(files: Files) -> None:
        files["rules"]["rule"].append(rule("late", "emergency", {"desk": "yes", "age": "old"}))

    assert asked_before_emergency(broken(late)) == {"lung": 1, "late": 5}


def test_a_question_without_rule_or_sign_is_unreachable() -> None:
    ruleset = broken(lambda files: files["questions"]["question"].append(question("idle")))
    assert [q.key for q in unreachable_questions(ruleset)] == ["idle"]
    assert unreachable_questions(good()) == []


def test_a_question_before_a_certain_emergency_is_asked() -> None:
    """Whatever one answers to the second question is an emergency; the first came before it."""

    def certain(files: Files) -> None:
        files["questions"]["question"] = [question("first"), question("second")]
        files["rules"]["rule"] = [
            rule("calm", "self_care", {"first": "no"}),
            rule("not-yes", "emergency", {"second": "no not-sure"}),
            rule("not-unsure", "emergency", {"second": "no yes"}),
        ]
        files["signs"]["sign"], files["cases"]["case"] = [], []

    assert unreachable_questions(broken(certain)) == []


def test_an_option_that_changes_nothing_is_idle_unless_it_is_neutral() -> None:
    def add(files: Files) -> None:
        files["questions"]["question"][4]["option"].append({"key": "rarely", "text": "Rarely"})
        files["questions"]["question"][3]["option"].append({"key": "baby", "text": "A baby"})

    assert [(q.key, o.key) for q, o in idle_options(broken(add))] == [("desk", "rarely")]
    assert idle_options(good()) == []

"""Which question comes next, and which are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import (
    calm,
    good,
    naive_level,
    sheets,
    small_rulesets,
    thorough,
    visible,
)

from checker.engine import Ruleset, UnknownAnswer, advise, next_question, path
from checker.engine.advice import fits, is_mixed
from checker.engine.model import Level


def asked(ruleset: Ruleset, answers: dict[str, str]) -> list[str]:
    return [question.key for question in path(ruleset, answers)]


def next_key(answers: dict[str, str]) -> str | None:
    question = next_question(good(), answers)
    return question.key if question else None


def test_the_first_question_is_the_first_emergency_question() -> None:
    assert next_key({}) == "breathless"


def test_after_an_emergency_nothing_more_is_asked() -> None:
    assert next_key({"breathless": "yes"}) is None
    answers = {"breathless": "yes", "swelling": "clear"}
    assert asked(good(), answers) == ["breathless"]


def test_a_question_waits_for_what_it_hangs_on() -> None:
    assert next_key(calm(swelling="slight")) == "tender"
    assert next_key(calm(swelling="no")) == "age"


def test_a_rule_that_is_outranked_asks_no_more_questions() -> None:
    """An urgent rule has fired: age only matters for self-care now, and for the cyst's fit."""
    answers = calm(swelling="clear", tender="no")
    assert next_key(answers) == "desk"


def test_a_sign_that_can_still_change_a_fit_is_asked_for() -> None:
    assert next_key(calm(swelling="no", age="old")) == "desk"
    assert next_key(calm(swelling="no", age="old", desk="no")) is None


def test_answers_that_no_longer_count_are_kept_but_ignored() -> None:
    """After Change, the old answer about tenderness must not count as a ghost."""
    before = calm(swelling="slight", tender="yes", desk="no", age="young")
    assert advise(good(), before).level == Level.URGENT
    after = before | {"swelling": "no"}
    assert "tender" not in asked(good(), after)
    assert advise(good(), after).level == Level.SELF_CARE


@pytest.mark.parametrize(
    "answers", [{"gout": "yes"}, {"breathless": "maybe"}, {"breathless": "yes", "desk": "often"}]
)
def test_unknown_answers_are_errors_even_off_the_path(answers: dict[str, str]) -> None:
    with pytest.raises(UnknownAnswer):
        next_question(good(), answers)
    with pytest.raises(UnknownAnswer):
        path(good(), answers)


@thorough
@given(small_rulesets())
def test_leaving_questions_out_never_changes_the_advice(ruleset: Ruleset) -> None:
    """The short visit gives the level of the full answer sheet, and the same fits in order."""
    for sheet in sheets(ruleset):
        advice = advise(ruleset, sheet)
        assert advice.level == naive_level(ruleset, sheet)
        if advice.level < Level.EMERGENCY:
            full = fits(ruleset, visible(ruleset, sheet))
            assert [(f.cause.key, f.word) for f in advice.fits] == [
                (f.cause.key, f.word) for f in full
            ]
            assert advice.mixed == is_mixed(full)


@thorough
@given(small_rulesets(), st.data())
def test_one_question_at_a_time_leads_along_the_path(ruleset: Ruleset, data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(list(sheets(ruleset))))
    answers: dict[str, str] = {}
    while (question := next_question(ruleset, answers)) is not None:
        assert question.key not in answers
        answers[question.key] = sheet[question.key]
    assert list(answers) == asked(ruleset, sheet)


@thorough
@given(small_rulesets(), st.data())
def test_every_question_asked_could_have_changed_something(
    ruleset: Ruleset, data: st.DataObject
) -> None:
    """A question without any rule or sign on it, or on what hangs on it, is never asked."""
    sheet = data.draw(st.sampled_from(list(sheets(ruleset))))
    used = {c.question for rule in ruleset.rules for c in rule.when}
    used |= {sign.question for sign in ruleset.signs}
    used |= {c.question for question in ruleset.questions for c in question.ask_if}
    assert set(asked(ruleset, sheet)) <= used

"""The level, why, and what fits."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import (
    broken,
    calm,
    good,
    sheets,
    sign,
    small_rulesets,
    thorough,
)

from checker.engine import Advice, Incomplete, Level, Ruleset, UnknownAnswer, advise
from checker.engine.advice import NOTHING_DECIDED, main_causes
from checker.engine.fit import CLOSE, PARTLY_FROM, WELL_FROM, word


def level(**answers: str) -> Level:
    return advise(good(), answers).level


def test_the_level_is_the_highest_rule_that_fires() -> None:
    assert level(**calm(swelling="slight", tender="no", age="old", desk="no")) == Level.SOON
    assert level(**calm(swelling="slight", tender="yes", age="old", desk="no")) == Level.URGENT
    assert level(breathless="yes") == Level.EMERGENCY


def test_with_no_rule_fired_the_level_is_soon_and_the_result_says_so() -> None:
    advice = advise(good(), calm(swelling="no", age="old", desk="no"))
    assert advice.level == Level.SOON
    assert not advice.decided
    assert advice.fired == ()
    assert [reason.because for reason in advice.reasons] == [NOTHING_DECIDED]


def test_self_care_is_earned_by_its_own_rule_only() -> None:
    answers = calm(swelling="no", desk="no")
    assert level(**answers, age="young") == Level.SELF_CARE
    assert level(**answers, age="not-sure") == Level.SOON


def test_self_care_is_no_reason_for_a_higher_level() -> None:
    ruleset = broken(
        lambda files: files["rules"]["rule"][4]["when"].update(swelling=["no", "slight"])
    )
    advice = advise(ruleset, calm(swelling="no", age="young", desk="no"))
    assert advice.level == Level.SOON
    assert [reason.level for reason in advice.reasons] == [Level.SOON]


def test_a_reason_repeats_the_answers_that_made_it() -> None:
    advice = advise(good(), calm(swelling="slight", tender="yes", age="old", desk="no"))
    assert advice.reasons[0].because == "because of tender-swelling"
    assert advice.reasons[0].said == ("swelling: slight.", "tender: yes.")


def test_a_missing_answer_is_an_error_and_never_a_no() -> None:
    with pytest.raises(Incomplete) as error:
        advise(good(), {"breathless": "no"})
    assert error.value.question.key == "swelling"


@pytest.mark.parametrize("answers", [{"breathless": "perhaps"}, {"breathless": "yes", "x": "y"}])
def test_unknown_answers_are_errors(answers: dict[str, str]) -> None:
    with pytest.raises(UnknownAnswer):
        advise(good(), answers)


def test_words_for_a_fit_follow_the_thresholds() -> None:
    scores = (PARTLY_FROM - 1, PARTLY_FROM, WELL_FROM - 1, WELL_FROM)
    assert [word(score) for score in scores] == ["little", "partly", "partly", "well"]


def test_a_fit_shows_what_speaks_for_it_and_against_it() -> None:
    ruleset = broken(lambda f: f["signs"]["sign"].append(sign("clot", "desk", "yes", -1)))
    advice = advise(ruleset, calm(swelling="clear", tender="yes", age="old", desk="yes"))
    clot = next(fit for fit in advice.fits if fit.cause.key == "clot")
    assert [sign.question for sign in clot.for_] == ["swelling", "tender"]
    assert [sign.question for sign in clot.against] == ["desk"]
    assert (clot.score, clot.word) == (4, "partly")


def order(advice: Advice) -> list[tuple[str, str]]:
    return [(fit.cause.key, fit.word) for fit in advice.fits]


def test_best_fit_comes_first_and_the_rest_keep_file_order() -> None:
    advice = advise(good(), calm(swelling="no", age="old", desk="yes"))
    assert order(advice) == [("posture", "well"), ("clot", "little"), ("cyst", "little")]
    assert not advice.mixed


def test_two_close_fits_are_called_mixed() -> None:
    advice = advise(good(), calm(swelling="clear", tender="no", age="young", desk="yes"))
    assert order(advice)[:2] == [("clot", "partly"), ("posture", "partly")]
    assert advice.mixed
    assert 0 <= advice.fits[0].score - advice.fits[1].score <= CLOSE


def test_look_alikes_are_no_main_cause() -> None:
    advice = advise(good(), calm(swelling="slight", tender="yes", age="old", desk="no"))
    assert [fit.cause.key for fit in main_causes(advice.fits)] == ["clot"]
    assert "cyst" in [fit.cause.key for fit in advice.fits if fit.word == "partly"]


@thorough
@given(small_rulesets(), st.data())
def test_the_order_of_answers_is_irrelevant(ruleset: Ruleset, data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(list(sheets(ruleset))))
    shuffled = list(sheet.items())
    random.Random(data.draw(st.integers(0, 99))).shuffle(shuffled)
    assert advise(ruleset, dict(shuffled)) == advise(ruleset, sheet)


@thorough
@given(small_rulesets(), st.data())
def test_every_result_is_explained(ruleset: Ruleset, data: st.DataObject) -> None:
    advice = advise(ruleset, data.draw(st.sampled_from(list(sheets(ruleset)))))
    assert advice.reasons
    assert all(reason.because for reason in advice.reasons)
    assert advice.reasons[0].level == advice.level
    for reason in advice.reasons:
        assert bool(reason.rule) == advice.decided
        assert bool(reason.said) == advice.decided


@thorough
@given(small_rulesets(), st.data())
def test_the_level_never_depends_on_what_fits(ruleset: Ruleset, data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(list(sheets(ruleset))))
    blind = replace(ruleset, signs=())
    assert advise(blind, sheet).level == advise(ruleset, sheet).level


def test_worse_answers_never_lower_the_level_of_the_good_ruleset() -> None:
    ruleset = good()
    for sheet in sheets(ruleset):
        now = advise(ruleset, sheet).level
        for question in ruleset.questions:
            keys = question.option_keys
            worse = keys[keys.index(sheet[question.key]) :] if question.scale else ()
            for option in worse:
                assert advise(ruleset, sheet | {question.key: option}).level >= now


def test_not_sure_is_never_safer_than_no_in_the_good_ruleset() -> None:
    ruleset = good()
    for sheet in sheets(ruleset):
        for question in ruleset.questions:
            if sheet[question.key] == "no":
                unsure = sheet | {question.key: "not-sure"}
                assert advise(ruleset, unsure).level >= advise(ruleset, sheet).level

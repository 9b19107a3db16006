"""The ten rules that the checker must never break, proved on the back and calf rules.

They are section 0.1 of the clinical facts sheet. Levels are proved over every possible answer sheet
(`nobody_below`); the way through the questions is walked at random. What concerns pages is in
`visit/test_ten_rules_pages.py`.
"""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ruleset_factory import thorough

from checker.engine import (
    NOT_SURE,
    Condition,
    Incomplete,
    Level,
    Ruleset,
    advise,
    escalators,
    parse,
    path,
)
from checker.engine.boxes import space_of
from checker.engine.proof import not_sure_safer

FOLDER = Path(__file__).parents[2] / "content" / "checkers" / "back-and-calf"
FILES = ("questions", "rules", "signs", "cases")
REAL = parse(*(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in FILES))
ONE_LEG = ("from-back", "one", "not-sure")
#: Questions on which doubt alone does not mean "today". Hazard H10 says why, and what remains.
DOUBT_IS_WEIGHED = {"cancer", "look", "pregnant", "clot_risk", "calf_start", "coping"}
DOUBT_IS_WEIGHED |= {"onset", "history", "age", "duration", "where", "pattern", "reach"}


def nobody_below(level: Level, rules: Ruleset = REAL, **answers: str | tuple[str, ...]) -> bool:
    """Whatever else is answered, these answers never give less than the level. A proof."""
    space = space_of(rules)
    wanted = {key: (said,) if isinstance(said, str) else said for key, said in answers.items()}
    box = space.box_of([Condition(key, said) for key, said in wanted.items()])
    assert box is not None, "nobody can give these answers"
    return space.outside(box, space.at_least(level)) is None


def options(question: str) -> tuple[str, ...]:
    return REAL.question_by_key[question].option_keys


def worrying(question: str) -> list[str]:
    return [key for key in options(question) if key not in ("no", NOT_SURE)]


def asked_where(question: str) -> set[str]:
    """For which answers to "where is the trouble?" it is asked."""
    (only,) = REAL.question_by_key[question].ask_if
    assert only.question == "where"
    return set(only.options)


def sheets(**fixed: str) -> st.SearchStrategy[dict[str, str]]:
    """Full answer sheets, with some answers given."""
    answers: dict[str, st.SearchStrategy[str]] = {
        question.key: st.sampled_from(question.option_keys) for question in REAL.questions
    }
    return st.fixed_dictionaries(answers | {key: st.just(said) for key, said in fixed.items()})


def calm_sheets() -> st.SearchStrategy[dict[str, str]]:
    """Sheets about one leg without an answer that alone means "today" or more."""
    pressing = [rule.when for rule in REAL.rules if rule.level >= Level.URGENT]
    alone = {
        (when[0].question, said) for when in pressing if len(when) == 1 for said in when[0].options
    }
    calm = {
        key: [o for o in options(key) if (key, o) not in alone] for key in space_of(REAL).options
    }
    calm |= {
        "where": list(ONE_LEG),
        "cancer": ["no", NOT_SURE, "past"],
        "clot_risk": ["no", NOT_SURE],
    }
    calm["duration"] = ["months", "years", "days"]
    return st.fixed_dictionaries({key: st.sampled_from(said) for key, said in calm.items()})


def test_a_rule_less_would_be_noticed() -> None:
    """The proofs below can fail: without its rule each of these finds somebody."""
    for key, level, answers in (
        ("one-leg-swollen", Level.URGENT, {"look": "swollen"}),
        ("clot-in-lung", Level.EMERGENCY, {"breathing": "chest"}),
        ("saddle-nerves", Level.EMERGENCY, {"saddle": "sex"}),
        ("limb-in-danger", Level.EMERGENCY, {"limb": "cold-blue"}),
        ("pregnant-leg", Level.URGENT, {"pregnant": "birth"}),
        ("not-sure-saddle", Level.URGENT, {"saddle": NOT_SURE}),
    ):
        less = replace(REAL, rules=tuple(rule for rule in REAL.rules if rule.key != key))
        assert nobody_below(level, **answers)
        assert not nobody_below(level, less, **answers), key


EMERGENCY_QUESTIONS = {
    condition.question
    for rule in REAL.rules
    if rule.level is Level.EMERGENCY
    for condition in rule.when
}


def test_rule_1_emergency_questions_come_first() -> None:
    first = [question.key for question in REAL.asking_order[: len(EMERGENCY_QUESTIONS)]]
    assert set(first) == EMERGENCY_QUESTIONS
    assert all(not REAL.question_by_key[key].ask_if for key in EMERGENCY_QUESTIONS)


@thorough
@given(sheets())
def test_rule_1_no_cause_before_the_emergency_questions(sheet: dict[str, str]) -> None:
    """Nothing is advised, so no cause is shown, while one of them waits for its answer."""
    asked = [question.key for question in path(REAL, sheet)]
    emergency = advise(REAL, sheet).level is Level.EMERGENCY
    assert emergency or set(asked[: len(EMERGENCY_QUESTIONS)]) == EMERGENCY_QUESTIONS
    for key in EMERGENCY_QUESTIONS & set(asked):
        with pytest.raises(Incomplete):
            advise(REAL, {other: said for other, said in sheet.items() if other != key})


def test_rule_2_one_swollen_leg_is_never_below_today() -> None:
    assert nobody_below(Level.URGENT, look="swollen")
    assert asked_where("look") == set(ONE_LEG)
    doubt = REAL.question_by_key["look"].option("swollen").text
    assert all(words in doubt for words in ("even a little", "cannot tell"))


@thorough
@given(sheets(look="swollen"), st.sampled_from(ONE_LEG))
def test_rule_2_on_real_visits(sheet: dict[str, str], where: str) -> None:
    """On the way through the real questions too, where some are left out."""
    assert advise(REAL, sheet | {"where": where}).level >= Level.URGENT


def test_rule_3_breathless_chest_blood_or_collapse_is_an_emergency() -> None:
    assert set(worrying("breathing")) == {"breathless", "chest", "collapse"}
    assert nobody_below(Level.EMERGENCY, breathing=tuple(worrying("breathing")))
    said = " ".join(option.text for option in REAL.question_by_key["breathing"].options)
    words = ("short of breath", "heart races", "chest hurts", "coughed up blood", "fainted")
    assert all(word in said for word in words)


def test_rule_4_any_bladder_bowel_sex_or_saddle_change_is_an_emergency() -> None:
    assert set(worrying("saddle")) == {"sex", "bladder-bowel", "numb"}
    assert nobody_below(Level.EMERGENCY, saddle=tuple(worrying("saddle")))
    assert nobody_below(Level.EMERGENCY, legs="both")
    assert "even slight" in REAL.question_by_key["saddle"].option("numb").text


def test_rule_5_a_cold_pale_or_blue_leg_is_an_emergency() -> None:
    assert nobody_below(Level.EMERGENCY, limb="cold-blue")
    said = REAL.question_by_key["limb"].option("cold-blue").text
    assert all(word in said for word in ("suddenly", "cold", "pale", "blue", "numb"))


def test_rule_6_pregnant_or_after_birth_with_a_bad_leg_is_never_below_today() -> None:
    assert nobody_below(Level.URGENT, pregnant=("pregnant", "birth"))
    assert asked_where("pregnant") == set(options("where")) - {"back"}
    rule = next(rule for rule in REAL.rules if rule.key == "pregnant-leg")
    assert "maternity unit or hospital" in rule.because


@thorough
@given(sheets())
def test_rule_7_no_likelier_cause_lowers_the_level(sheet: dict[str, str]) -> None:
    """Wells takes 2 points off for "something else is as likely". Nothing here can do that."""
    without_causes = replace(REAL, signs=())
    assert advise(REAL, sheet).level == advise(without_causes, sheet).level


def test_rule_7_swelling_that_something_else_explains_is_seen_today() -> None:
    """In some cases another cause than a clot fits best. They stay with "today"."""
    explained = []
    for case in REAL.cases:
        sheet = dict.fromkeys(space_of(REAL).options, NOT_SURE) | dict(case.answers)
        advice = advise(REAL, sheet)
        if dict(advice.answers).get("look") == "swollen":
            assert advice.level >= Level.URGENT, case.key
            if advice.fits[0].cause.key != "venous_thrombosis":
                explained.append(case.key)
    assert len(explained) >= 3


@thorough
@given(calm_sheets())
def test_rule_8_a_leg_that_is_not_swollen_is_told_what_to_look_for(sheet: dict[str, str]) -> None:
    """No level below "today" says "no clot": swelling stays among the signs to get help sooner."""
    advice = advise(REAL, sheet)
    assume(advice.level < Level.URGENT)
    sooner = {(found.question.key, found.option.key) for found in escalators(REAL, sheet)}
    assert ("look", "swollen") in sooner
    assert ("breathing", "breathless") in sooner


@thorough
@given(calm_sheets())
def test_rule_9_advice_below_today_waits_for_the_questions_about_a_clot(
    sheet: dict[str, str],
) -> None:
    """Pages on rubbing, heat or exercise are linked after these answers, or under "do not rub"."""
    advice = advise(REAL, sheet)
    assume(advice.level < Level.URGENT)
    answers = dict(advice.answers)
    assert answers["look"] in ("same", "spot", NOT_SURE)
    if answers["look"] == NOT_SURE:
        assert "legs-not-compared" in {rule.key for rule in advice.fired}
        assert advice.level is Level.SOON


def test_rule_10_not_sure_about_a_red_flag_means_today() -> None:
    for question in REAL.questions:
        if question.kind == "emergency":
            assert nobody_below(Level.URGENT, **{question.key: NOT_SURE}), question.key


def test_rule_10_not_sure_is_never_safer_than_no() -> None:
    assert not_sure_safer(REAL) == []


def test_rule_10_a_leg_nobody_looked_at_is_never_self_care() -> None:
    assert nobody_below(Level.SOON, look=NOT_SURE)
    new = {"duration": ("days", "weeks", NOT_SURE), "calf_start": (NOT_SURE, "no-reason")}
    assert nobody_below(Level.URGENT, look=NOT_SURE, where=("one", NOT_SURE), **new)


def test_rule_10_where_doubt_is_weighed_is_known() -> None:
    """Whoever adds a red flag on which doubt is not "today" has to say so here and in H10."""
    pressing = [rule for rule in REAL.rules if rule.level >= Level.URGENT]
    used = {condition.question for rule in pressing for condition in rule.when}
    weighed = {key for key in used if not _doubt_means_today(key)}
    assert weighed == DOUBT_IS_WEIGHED


def _doubt_means_today(key: str) -> bool:
    return NOT_SURE in options(key) and nobody_below(Level.URGENT, **{key: NOT_SURE})


def test_under_16_is_never_self_care() -> None:
    """None of the ten, but of the same kind: the rules are made for adults."""
    assert nobody_below(Level.SOON, age="under-16")

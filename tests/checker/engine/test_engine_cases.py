"""Cases are walked through the real flow and judged."""

import pytest
from ruleset_factory import broken, calm, case, documents, good

from checker.engine import Case, Level, Ruleset, UnknownAnswer, totals, walk, walk_all
from checker.engine.cases import judge


def ruleset_with(**changes: object) -> tuple[Ruleset, Case]:
    one = case("one", "soon", {}) | changes
    ruleset = broken(lambda files: files["cases"].update(case=[one]))
    return ruleset, ruleset.cases[0]


def test_what_is_left_out_is_answered_not_sure() -> None:
    result = walk(*ruleset_with(answers={}))
    assert dict(result.advice.answers)["breathless"] == "not-sure"
    assert result.level == Level.URGENT


def test_the_shape_of_a_result() -> None:
    ruleset = good()
    assert walk(ruleset, ruleset.case_by_key["clear"]).as_dict() == {
        "key": "clear",
        "level": "urgent",
        "expected": "urgent",
        "verdict": "exact",
        "causes": ["clot"],
        "cause_ok": True,
        "asked": 4,
    }


@pytest.mark.parametrize(
    ("expected", "accept", "verdict"),
    [
        ("urgent", [], "exact"),
        ("soon", ["urgent"], "accepted"),
        ("emergency", ["urgent"], "accepted"),
        ("soon", [], "over"),
        ("emergency", [], "under"),
    ],
)
def test_verdicts(expected: str, accept: list[str], verdict: str) -> None:
    _, one = ruleset_with(level=expected, accept=accept)
    assert judge(one, Level.URGENT) == verdict


@pytest.mark.parametrize(
    ("causes", "right"), [(["clot"], True), (["posture", "clot"], True), (["posture"], False)]
)
def test_the_best_main_cause_must_be_acceptable(causes: list[str], right: bool) -> None:
    result = walk(*ruleset_with(answers=calm(swelling="clear", tender="yes"), causes=causes))
    assert result.causes[0] == "clot"
    assert result.cause_ok is right


def test_where_the_truth_is_none_of_them_no_main_cause_may_fit_well() -> None:
    partly = walk(*ruleset_with(answers=calm(swelling="clear", tender="no"), causes=[]))
    well = walk(*ruleset_with(answers=calm(swelling="clear", tender="yes"), causes=[]))
    assert (partly.cause_ok, well.cause_ok) == (True, False)


def test_a_case_that_names_a_cause_is_wrong_when_none_fits() -> None:
    result = walk(*ruleset_with(answers=calm(), causes=["clot"]))
    assert (result.causes, result.cause_ok) == ((), False)


def test_look_alikes_are_not_named_among_the_causes() -> None:
    result = walk(*ruleset_with(answers=calm(swelling="slight", tender="yes", age="old")))
    assert "cyst" not in result.causes


def test_totals_count_each_verdict() -> None:
    files = documents()
    ruleset = good()
    results = walk_all(ruleset, ruleset.cases)
    assert totals(results) == {
        "cases": len(files["cases"]["case"]),
        "exact": len(results),
        "accepted": 0,
        "over": 0,
        "under": 0,
        "cause_ok": sum(result.cause_ok for result in results),
    }


def test_a_case_with_an_unknown_answer_is_an_error() -> None:
    one = Case("x", "…", (("gout", "yes"),), Level.SOON)
    with pytest.raises(UnknownAnswer):
        walk(good(), one)

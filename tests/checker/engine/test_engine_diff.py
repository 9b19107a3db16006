"""The clinical diff finds everybody who is treated differently, and nobody else."""

from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import (
    broken,
    drawn_rules,
    good,
    naive_level,
    sheets,
    small_documents,
    thorough,
)

from checker.engine import Level, diff, parse


@thorough
@given(st.data())
def test_the_diff_over_all_people_agrees_with_brute_force(data: st.DataObject) -> None:
    files = data.draw(small_documents(3))
    old = parse(**files)
    files["rules"] = {"rule": data.draw(drawn_rules(files["questions"]["question"]))}
    new = parse(**files)
    levels = [(naive_level(old, s), naive_level(new, s)) for s in sheets(old)]
    found = diff(old, new)
    assert any(one.lowered for one in found.people) == any(b > a for b, a in levels)
    assert any(not one.lowered for one in found.people) == any(b < a for b, a in levels)
    assert {(one.before, one.after) for one in found.people} <= set(levels)
    assert all(one.before != one.after for one in found.people)
    assert all(one.before != one.after for one in found.cases)


def test_the_same_ruleset_treats_nobody_differently() -> None:
    found = diff(good(), good())
    assert (found.cases, found.people, found.lowered) == ((), (), False)


def test_lowered_urgency_comes_first_and_names_the_case_and_the_rule() -> None:
    new = broken(lambda files: files["rules"]["rule"][2].update(level="soon"))
    found = diff(good(), new)
    assert found.lowered
    assert [(c.case.key, c.before, c.after) for c in found.cases] == [
        ("clear", Level.URGENT, Level.SOON)
    ]
    assert ("clot", Level.URGENT, Level.SOON) in {
        (one.rule, one.before, one.after) for one in found.people
    }


def test_raised_urgency_lowers_nothing() -> None:
    new = broken(lambda files: files["rules"]["rule"][4].update(level="urgent"))
    found = diff(good(), new)
    assert found.people
    assert not found.lowered


def test_a_question_or_option_that_only_one_of_them_has_is_no_trouble() -> None:
    def fewer(files: dict[str, dict[str, list[dict[str, object]]]]) -> None:
        files["questions"]["question"] = [
            q for q in files["questions"]["question"] if q["key"] not in ("age", "desk")
        ]
        del files["rules"]["rule"][5]
        files["signs"]["sign"] = []
        files["cases"]["case"] = files["cases"]["case"][:3]

    less = broken(fewer)
    assert {(one.before, one.after) for one in diff(good(), less).people} == {
        (Level.SELF_CARE, Level.SOON)
    }
    assert diff(less, good()).lowered
    assert "young" in {change.case.key for change in diff(good(), less).cases}

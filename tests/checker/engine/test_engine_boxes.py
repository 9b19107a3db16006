"""What is decided about boxes equals what brute force finds over all answer sheets."""

from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import good, naive_level, sheets, small_rulesets, thorough

from checker.engine import Ruleset
from checker.engine.bits import Sheets
from checker.engine.boxes import Box, Space


def inside(space: Space, box: Box, sheet: dict[str, str]) -> bool:
    return all(space.mask(key, (sheet[key],)) & mask for key, mask in box.items())


def drawn_box(space: Space, data: st.DataObject) -> Box:
    keys = data.draw(st.lists(st.sampled_from(list(space.full)), unique=True))
    return {key: data.draw(st.integers(1, space.full[key])) for key in keys}


@thorough
@given(small_rulesets(), st.data())
def test_outside_finds_somebody_exactly_when_there_is_somebody(
    ruleset: Ruleset, data: st.DataObject
) -> None:
    space = Space(ruleset)
    box = drawn_box(space, data)
    boxes = [drawn_box(space, data) for _ in range(data.draw(st.integers(0, 6)))]
    left = [
        sheet
        for sheet in sheets(ruleset)
        if inside(space, box, sheet) and not any(inside(space, one, sheet) for one in boxes)
    ]
    found = space.outside(box, boxes)
    assert (found is not None) == bool(left)
    if found is not None:
        assert space.sheet(found) in left
        assert all(sheet in left for sheet in sheets(ruleset) if inside(space, found, sheet))


@thorough
@given(small_rulesets(), st.data())
def test_meet_and_minus(ruleset: Ruleset, data: st.DataObject) -> None:
    space = Space(ruleset)
    one, two = drawn_box(space, data), drawn_box(space, data)
    both, rest = space.meet(one, two), space.minus(one, two)
    for sheet in sheets(ruleset):
        in_one, in_two = inside(space, one, sheet), inside(space, two, sheet)
        assert (both is not None and inside(space, both, sheet)) == (in_one and in_two)
        assert any(inside(space, box, sheet) for box in rest) == (in_one and not in_two)


@thorough
@given(small_rulesets())
def test_the_box_of_a_rule_is_who_it_fires_for(ruleset: Ruleset) -> None:
    space = Space(ruleset)
    for sheet in sheets(ruleset):
        assert space.level(sheet) == naive_level(ruleset, sheet)


@thorough
@given(small_rulesets())
def test_a_pile_of_sheets_counts_the_same_people(ruleset: Ruleset) -> None:
    space, everybody = Space(ruleset), list(sheets(ruleset))
    pile = Sheets(ruleset, everybody)
    for box in space.rules:
        bits = pile.inside(box)
        for number, sheet in enumerate(everybody):
            assert bool(bits >> number & 1) == (box is not None and inside(space, box, sheet))


def test_a_question_that_is_not_asked_makes_a_condition_false() -> None:
    """The box of a rule on tenderness contains what must hold for tenderness to be asked."""
    ruleset = good()
    space = Space(ruleset)
    box = space.box_of(ruleset.rule_by_key["tender-swelling"].when[1:])
    assert box is not None
    assert box["swelling"] == space.mask("swelling", ("slight", "clear"))

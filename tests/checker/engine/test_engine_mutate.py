"""Small changes to rules: which ones matter, and which case notices them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import good, naive_level, sheets, small_rulesets, thorough

from checker.engine import Level, Ruleset, suggest, walk
from checker.engine.mutate import Mutant, guards, mutants, mutations


def apply(ruleset: Ruleset, mutant: Mutant) -> Ruleset:
    rules = (mutant.changed if one is mutant.rule else one for one in ruleset.rules)
    return replace(ruleset, rules=tuple(one for one in rules if one is not None))


@thorough
@given(small_rulesets(max_questions=3), st.data())
def test_equivalence_and_guards_agree_with_brute_force(
    ruleset: Ruleset, data: st.DataObject
) -> None:
    found = mutations(ruleset)
    for mutation in data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=8)):
        changed = apply(ruleset, mutation.mutant)
        altered = [
            sheet
            for sheet in sheets(ruleset)
            if naive_level(ruleset, sheet) != naive_level(changed, sheet)
        ]
        assert mutation.equivalent == (not altered)
        noticing = [
            case.key
            for case in ruleset.cases
            if walk(ruleset, case).level != walk(changed, case).level
        ]
        assert list(mutation.guards) == noticing
        if mutation.example is not None:
            matching = [s for s in sheets(ruleset) if dict(mutation.example).items() <= s.items()]
            assert any(sheet in altered for sheet in matching)


def test_every_kind_of_change_is_made() -> None:
    ruleset = good()
    made = list(mutants(ruleset, ruleset.rule_by_key["tender-swelling"]))
    assert [mutant.kind for mutant in made].count("drop") == 2
    assert {mutant.kind for mutant in made} == {"delete", "raise", "lower", "drop", "flip"}
    flipped = [mutant.changed for mutant in made if mutant.kind == "flip"]
    assert len(flipped) == len({rule.when for rule in flipped if rule}) == 6
    assert all(all(c.options for c in rule.when) for rule in flipped if rule)


def test_the_cases_of_the_good_ruleset_catch_every_change_that_matters() -> None:
    found = mutations(good())
    assert not [mutation for mutation in found if mutation.missed]
    assert [mutation for mutation in found if mutation.equivalent]
    assert set(guards(found)) == set(good().rule_by_key)
    assert guards(found)["lung"]


def test_a_case_less_leaves_a_change_unnoticed_and_the_case_is_suggested_again() -> None:
    ruleset = good()
    fewer = replace(ruleset, cases=tuple(c for c in ruleset.cases if c.key != "sore"))
    found = mutations(fewer)
    missed = {mutation.mutant.kind for mutation in found if mutation.missed}
    assert "delete" in missed
    suggestions = suggest(fewer, found)
    assert suggestions[0].level == Level.URGENT
    assert dict(suggestions[0].answers)["tender"] == "yes"
    noticed = [mutation for one in suggestions for mutation in one.notices]
    assert len(noticed) == len([mutation for mutation in found if mutation.missed])


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    mutations(good(), lambda done, of: told.append((done, of)))
    assert told[-1] == (6, 6)

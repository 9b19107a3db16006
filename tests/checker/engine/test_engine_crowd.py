"""A simulated crowd is drawn from given prevalences, always the same."""

import pytest
from ruleset_factory import good

from checker.engine import Level, RulesError, crowd, parse_crowd


def test_shares_follow_the_prevalences() -> None:
    people = crowd(good(), {"breathless": {"yes": 0.1}, "swelling": {"clear": 0.2}}, n=4000)
    assert people.share(Level.EMERGENCY) == pytest.approx(0.1, abs=0.02)
    assert people.share(Level.URGENT) == pytest.approx(0.9 * 0.2, abs=0.02)
    assert sum(people.counts.values()) == people.people == 4000


def test_what_is_left_over_answers_no() -> None:
    assert crowd(good(), {}, n=50).share(Level.SELF_CARE) == 1.0


def test_the_default_level_is_counted() -> None:
    people = crowd(good(), {"age": {"old": 1.0}}, n=50)
    assert people.share(Level.SOON) == 1.0


def test_the_same_seed_draws_the_same_people() -> None:
    common = {"breathless": {"yes": 0.5}}
    assert crowd(good(), common, n=200, seed=3) == crowd(good(), common, n=200, seed=3)
    assert crowd(good(), common, n=200, seed=3) != crowd(good(), common, n=200, seed=4)


@pytest.mark.parametrize(
    ("common", "words"),
    [
        ({"gout": {"yes": 0.1}}, "no such question"),
        ({"desk": {"often": 0.1}}, "no option 'often'"),
        ({"desk": {"yes": 1.5}}, "from 0 to 1"),
        ({"desk": {"yes": 0.7, "no": 0.7}}, "more than 1"),
    ],
)
def test_unfit_prevalences_are_refused(common: dict[str, dict[str, float]], words: str) -> None:
    with pytest.raises(RulesError, match=words):
        crowd(good(), common)


def test_a_crowd_file_may_hold_notes_for_people() -> None:
    table = {"desk": {"yes": 0.5, "no": 0, "note": "half of us sit", "sources": ["EXPERT"]}}
    assert parse_crowd(table) == {"desk": {"yes": 0.5, "no": 0.0}}


@pytest.mark.parametrize("table", [{"desk": 0.5}, {"desk": {"yes": True}}, {"desk": {"yes": None}}])
def test_a_crowd_file_with_something_else_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(RulesError, match="crowd: 'desk'"):
        parse_crowd(table)

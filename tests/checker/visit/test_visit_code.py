"""The code of a printed page: it comes back as it was, and a slip in it is noticed."""

from datetime import UTC, datetime
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import good, small_rulesets, thorough

from checker.engine import Incomplete, Question, Ruleset, path
from checker.engine.flow import Replay
from checker.releases import LiveRelease
from checker.visit.code import _CROCKFORD, BadCode, make_code, read_code


def release_of(ruleset: Ruleset, number: int = 1, digest: str = "ab" * 32) -> LiveRelease:
    created = datetime(2026, 1, 1, tzinfo=UTC)
    return LiveRelease("leg", ruleset.title, number, created, digest, ruleset, False)


def read(code: str, *releases: LiveRelease) -> tuple[LiveRelease, dict[str, str]]:
    """As ``read_code``, where these are all the releases there are."""
    by_number = {release.number: release for release in releases}
    with mock.patch(
        "checker.visit.code.release_by_number", lambda _, number: by_number.get(number)
    ):
        return read_code("leg", code)


@st.composite
def visits(draw: st.DrawFn) -> tuple[LiveRelease, dict[str, str]]:
    """A finished visit on some release."""
    ruleset = draw(small_rulesets())
    number = draw(st.one_of(st.integers(1, 5), st.integers(1, 100_000)))
    digest = draw(st.binary(min_size=32, max_size=32)).hex()

    def respond(question: Question) -> str:
        return draw(st.sampled_from(question.option_keys))

    return release_of(ruleset, number, digest), Replay(ruleset, respond).answers


@given(visit=visits())
@thorough
def test_what_goes_in_comes_out(visit: tuple[LiveRelease, dict[str, str]]) -> None:
    release, answers = visit
    assert read(make_code(release, answers), release) == (release, answers)


@given(visit=visits(), data=st.data())
@thorough
def test_every_changed_character_is_noticed(
    visit: tuple[LiveRelease, dict[str, str]], data: st.DataObject
) -> None:
    release, answers = visit
    code = make_code(release, answers)
    place = data.draw(st.sampled_from([at for at, letter in enumerate(code) if letter != "-"]))
    others = [letter for letter in _CROCKFORD if letter != code[place]]
    changed = code[:place] + data.draw(st.sampled_from(others)) + code[place + 1 :]
    with pytest.raises(BadCode):
        read(changed, release)


@given(visit=visits(), data=st.data())
@thorough
def test_two_neighbours_swapped_are_noticed(
    visit: tuple[LiveRelease, dict[str, str]], data: st.DataObject
) -> None:
    release, answers = visit
    code = make_code(release, answers).replace("-", "")
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(BadCode):
            read(swapped, release)


@given(text=st.one_of(st.text(max_size=60), st.text(_CROCKFORD, max_size=60)))
@thorough
def test_any_other_text_is_a_bad_code_and_no_error(text: str) -> None:
    with pytest.raises(BadCode):
        read(text, release_of(good()))


ANSWERS = {"breathless": "no", "swelling": "no", "age": "young", "desk": "yes"}


def test_it_may_be_typed_in_small_letters_with_spaces_and_misread_signs() -> None:
    release = release_of(good())
    code = make_code(release, ANSWERS)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read(f" {typed} ", release)[1] == ANSWERS


def test_it_holds_only_answers_that_counted() -> None:
    release = release_of(good())
    early = make_code(release, {"breathless": "yes"})
    assert make_code(release, {"breathless": "yes", "desk": "yes"}) == early
    assert len(early) < len(make_code(release, ANSWERS))


def test_an_unfinished_visit_has_none() -> None:
    with pytest.raises(Incomplete):
        make_code(release_of(good()), {"breathless": "no"})


def test_a_code_of_rules_that_are_not_here_is_refused() -> None:
    code = make_code(release_of(good()), ANSWERS)
    for others in ((), (release_of(good(), digest="cd" * 32),), (release_of(good(), number=2),)):
        with pytest.raises(BadCode, match="does not have"):
            read(code, *others)


def test_an_old_release_is_replayed_on_its_own_rules() -> None:
    old, new = release_of(good(), 1), release_of(good(), 2, "cd" * 32)
    assert read(make_code(old, ANSWERS), old, new)[0] is old


def test_the_real_checkers_codes_are_short(real: Any) -> None:
    """Short enough to be read out on the telephone: at most seven groups of four."""
    for case in real.ruleset.cases:
        answers = Replay(
            real.ruleset, lambda q, c=dict(case.answers): c.get(q.key, "not-sure")
        ).answers
        assert [q.key for q in path(real.ruleset, answers)] == list(answers)
        assert len(make_code(real, answers).split("-")) <= 7

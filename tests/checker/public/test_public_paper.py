"""The paper twin gives the same level as the engine, whoever fills it in."""

from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import good, naive_level, sheets, small_rulesets, thorough

from checker.engine import NOT_SURE, Level, Ruleset, advise, walk
from checker.public.paper import Paper, in_words, level_on_paper, paper_of


def ticks(ruleset: Ruleset, sheet: Mapping[str, str]) -> set[str]:
    """The boxes that somebody ticks who answers every question, also those to be skipped."""
    found = set()
    for number, question in enumerate(ruleset.asking_order, 1):
        place = question.option_keys.index(sheet[question.key])
        found.add(f"{number}{'abcdefgh'[place]}")
    return found


@given(ruleset=small_rulesets(), data=st.data())
@thorough
def test_on_any_rules_and_any_answers(ruleset: Ruleset, data: st.DataObject) -> None:
    sheet = {q.key: data.draw(st.sampled_from(q.option_keys)) for q in ruleset.questions}
    assert level_on_paper(paper_of(ruleset), ticks(ruleset, sheet)) is advise(ruleset, sheet).level


def test_on_every_possible_sheet_of_the_small_rules() -> None:
    ruleset = good()
    paper = paper_of(ruleset)
    for sheet in sheets(ruleset):
        assert level_on_paper(paper, ticks(ruleset, sheet)) is naive_level(ruleset, sheet), sheet


def test_on_every_case_of_the_real_rules(real: Any) -> None:
    paper = paper_of(real.ruleset)
    for case in real.ruleset.cases:
        answers = dict(case.answers)
        sheet = {q.key: answers.get(q.key, NOT_SURE) for q in real.ruleset.questions}
        level = walk(real.ruleset, case).level
        assert level_on_paper(paper, ticks(real.ruleset, sheet)) is level, case.key


def test_on_any_sheet_of_the_real_rules(real: Any) -> None:
    ruleset, paper = real.ruleset, paper_of(real.ruleset)
    options = {q.key: st.sampled_from(q.option_keys) for q in ruleset.questions}
    seen: set[Level] = set()

    @given(sheet=calm_or_any(ruleset, st.fixed_dictionaries(options)))
    @thorough
    def same(sheet: dict[str, str]) -> None:
        level = advise(ruleset, sheet).level
        seen.add(level)
        assert level_on_paper(paper, ticks(ruleset, sheet)) is level

    same()
    assert len(seen) >= 3, "the sheets were all alike: this test shows too little"


def calm_or_any(ruleset: Ruleset, any_sheet: Any) -> Any:
    """Half of them answer the emergency questions with "no", so that the rest is reached."""
    calm = {q.key: q.first_sure for q in ruleset.questions if q.kind == "emergency"}
    return st.one_of(any_sheet, any_sheet.map(lambda sheet: {**sheet, **calm}))


def test_levels_fall_from_top_to_bottom_and_end_carefully(real: Any) -> None:
    paper: Paper = paper_of(real.ruleset)
    levels = [verdict.level for part in paper.parts for verdict in part.verdicts]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] is Level.EMERGENCY
    assert paper.otherwise is Level.SOON
    assert paper.parts[0].verdicts[0].level is Level.EMERGENCY
    assert len(paper.parts[0].questions) <= 6


def test_the_page_shows_every_box_and_every_line(real: Any) -> None:
    reply = Client().get("/symptom-checker/back-and-calf/paper/")
    page = reply.content.decode()
    for part in paper_of(real.ruleset).parts:
        for question in part.questions:
            for box in question.boxes:
                assert f"</i><b>{box.label}</b> <span>{escape(box.text)}</span>" in page
        for verdict in part.verdicts:
            if verdict.any_of:
                assert f"<li>{in_words([verdict.any_of])}</li>" in page
            for line in verdict.all_of:
                assert f"<li>{in_words(line)}</li>" in page
    assert "public" in reply["Cache-Control"]


def test_boxes_in_words() -> None:
    assert in_words([("1b",)]) == "1b"
    assert in_words([("1b", "1c", "2d")]) == "1b, 1c or 2d"
    assert in_words([("7a", "7b"), ("14c",)]) == "(7a or 7b) and 14c"

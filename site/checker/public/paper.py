"""The checker on paper: the same questions and the same rules, read from top to bottom.

The first "If you ticked …" that is true gives the level, so the levels stand in falling order, and
"self-care" after "soon" (it has to be earned) with the careful default at the very end. Whoever can
know from the first questions alone that it is an emergency is told so before the others.
``level_on_paper`` reads this very structure, so a test can show that it says what the engine says.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from django.utils.translation import gettext as _

from checker.engine import Condition, Level, Question, Rule, Ruleset
from checker.engine.model import DEFAULT_LEVEL, EMERGENCY_KIND

Boxes = tuple[str, ...]
"""Boxes of one question, such as 3b, 3c: one of them is ticked."""


@dataclass(frozen=True)
class Box:
    label: str
    text: str


@dataclass(frozen=True)
class PaperQuestion:
    """``only_if``: answer it only if, of each of these groups of boxes, one is ticked."""

    number: int
    text: str
    hint: str
    boxes: tuple[Box, ...]
    only_if: tuple[Boxes, ...]


@dataclass(frozen=True)
class Verdict:
    """``any_of``: one ticked box is enough. ``all_of``: lines whose every group must be ticked."""

    level: Level
    any_of: Boxes
    all_of: tuple[tuple[Boxes, ...], ...]

    @property
    def any_in_words(self) -> str:
        return in_words([self.any_of])

    def holds(self, ticked: Collection[str]) -> bool:
        return any(box in ticked for box in self.any_of) or any(
            _every(line, ticked) for line in self.all_of
        )


@dataclass(frozen=True)
class Part:
    """Questions, and what they decide."""

    questions: tuple[PaperQuestion, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Paper:
    title: str
    parts: tuple[Part, ...]
    otherwise: Level = DEFAULT_LEVEL


def in_words(groups: Sequence[Boxes]) -> str:
    """As it is printed: "1b, 1c or 2d", and "(7a or 7b) and 14c"."""
    lists = [_either(group) for group in groups]
    if len(groups) > 1:
        lists = [
            f"({text})" if len(group) > 1 else text
            for text, group in zip(lists, groups, strict=True)
        ]
    return _(" and ").join(lists)


def _either(boxes: Boxes) -> str:
    return _(" or ").join(part for part in (", ".join(boxes[:-1]), boxes[-1]) if part)


def paper_of(ruleset: Ruleset) -> Paper:
    """The paper twin of these rules."""
    labels = _labels(ruleset)
    order = ruleset.asking_order
    first = [question for question in order if question.kind == EMERGENCY_KIND]
    rest = [question for question in order if question.kind != EMERGENCY_KIND]
    known = {question.key for question in first}
    early = [rule for rule in _at(ruleset, Level.EMERGENCY) if _needs(rule) <= known]
    late = [rule for rule in _at(ruleset, Level.EMERGENCY) if rule not in early]
    later = [(Level.EMERGENCY, late)] + [
        (level, _at(ruleset, level)) for level in (Level.URGENT, Level.SOON, Level.SELF_CARE)
    ]
    parts = (
        Part(_questions(ruleset, first, labels), _verdicts([(Level.EMERGENCY, early)], labels)),
        Part(_questions(ruleset, rest, labels), _verdicts(later, labels)),
    )
    return Paper(ruleset.title, tuple(part for part in parts if part.questions or part.verdicts))


def level_on_paper(paper: Paper, ticked: Collection[str]) -> Level:
    """Read the paper as its reader does: skip what is not to be answered, stop at what is true."""
    counted: set[str] = set()
    for part in paper.parts:
        for question in part.questions:
            if _every(question.only_if, counted):
                counted |= {box.label for box in question.boxes} & set(ticked)
        for verdict in part.verdicts:
            if verdict.holds(counted):
                return verdict.level
    return paper.otherwise


def _every(groups: Iterable[Boxes], ticked: Collection[str]) -> bool:
    return all(any(box in ticked for box in group) for group in groups)


def _labels(ruleset: Ruleset) -> dict[tuple[str, str], str]:
    return {
        (question.key, option): f"{number}{letter}"
        for number, question in enumerate(ruleset.asking_order, 1)
        for letter, option in zip(ascii_lowercase, question.option_keys, strict=False)
    }


def _questions(
    ruleset: Ruleset, questions: Sequence[Question], labels: dict[tuple[str, str], str]
) -> tuple[PaperQuestion, ...]:
    numbers = {question.key: n for n, question in enumerate(ruleset.asking_order, 1)}
    return tuple(
        PaperQuestion(
            number=numbers[question.key],
            text=question.text,
            hint=question.hint,
            boxes=tuple(Box(labels[question.key, o.key], o.text) for o in question.options),
            only_if=tuple(_boxes(condition, labels) for condition in question.ask_if),
        )
        for question in questions
    )


def _verdicts(
    levels: Sequence[tuple[Level, Sequence[Rule]]], labels: dict[tuple[str, str], str]
) -> tuple[Verdict, ...]:
    return tuple(_verdict(level, rules, labels) for level, rules in levels if rules)


def _verdict(level: Level, rules: Sequence[Rule], labels: dict[tuple[str, str], str]) -> Verdict:
    """Rules with one condition share a line: any of their boxes is enough."""
    lines = [tuple(_boxes(condition, labels) for condition in rule.when) for rule in rules]
    single = dict.fromkeys(box for line in lines if len(line) == 1 for box in line[0])
    several = dict.fromkeys(line for line in lines if len(line) > 1)
    places = {label: place for place, label in enumerate(labels.values())}
    return Verdict(level, tuple(sorted(single, key=places.__getitem__)), tuple(several))


def _boxes(condition: Condition, labels: dict[tuple[str, str], str]) -> Boxes:
    return tuple(labels[condition.question, option] for option in condition.options)


def _at(ruleset: Ruleset, level: Level) -> list[Rule]:
    return [rule for rule in ruleset.rules if rule.level is level]


def _needs(rule: Rule) -> set[str]:
    return {condition.question for condition in rule.when}

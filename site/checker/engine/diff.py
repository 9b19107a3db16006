"""The clinical diff: who gets different advice from two rulesets.

Told twice: by the cases (people in their own words), and over the whole answer space, where for
every rule that could make a difference one example of somebody it concerns is found, or it is
proved that there is nobody. People are compared who could give the same answers in both: where
the options of a question differ, only the common ones; a question that only one ruleset has may
be answered in any way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .boxes import Box, Space
from .cases import walk
from .model import Case, Condition, Level, Question, Rule, Ruleset


@dataclass(frozen=True)
class CaseChange:
    """A case that would be given another level than before."""

    case: Case
    before: Level
    after: Level

    @property
    def lowered(self) -> bool:
        return self.after < self.before


@dataclass(frozen=True)
class SpaceChange:
    """Somebody (an example) who would be given another level, because of this rule."""

    rule: str
    before: Level
    after: Level
    answers: tuple[tuple[str, str], ...]

    @property
    def lowered(self) -> bool:
        return self.after < self.before


@dataclass(frozen=True)
class Diff:
    cases: tuple[CaseChange, ...]
    people: tuple[SpaceChange, ...]

    @property
    def lowered(self) -> bool:
        """True when anybody at all would be given a lower level than before."""
        return any(case.lowered for case in self.cases) or any(one.lowered for one in self.people)


def diff(old: Ruleset, new: Ruleset) -> Diff:
    """Who is treated differently by `new` than by `old`; lowered urgency first."""
    cases = sorted(_case_changes(old, new), key=lambda change: not change.lowered)
    people = sorted(_people(old, new), key=lambda change: not change.lowered)
    return Diff(tuple(cases), tuple(people))


def _case_changes(old: Ruleset, new: Ruleset) -> Iterator[CaseChange]:
    gone = [case for case in old.cases if case.key not in new.case_by_key]
    for case in (*new.cases, *gone):
        before = walk(old, _readable(old, case)).level
        after = walk(new, _readable(new, case)).level
        if before != after:
            yield CaseChange(case, before, after)


def _readable(ruleset: Ruleset, case: Case) -> Case:
    """Without the answers that this ruleset does not know; they become "not sure"."""
    options = {question.key: question.option_keys for question in ruleset.questions}
    answers = tuple((key, option) for key, option in case.answers if option in options.get(key, ()))
    return replace(case, answers=answers)


def _people(old: Ruleset, new: Ruleset) -> list[SpaceChange]:
    before, after = Space(_aligned(old, old, new)), Space(_aligned(new, old, new))
    examples = [*_raised(after, before), *_raised(before, after)]
    found: dict[tuple[str, Level, Level], SpaceChange] = {}
    for rule, box in examples:
        sheet = after.sheet(box)
        change = SpaceChange(
            rule.key, before.level(sheet), after.level(sheet), tuple(after.said(box).items())
        )
        found.setdefault((rule.key, change.before, change.after), change)
    return list(found.values())


def _raised(high: Space, low: Space) -> Iterator[tuple[Rule, Box]]:
    """People with a higher level in the one space than in the other, one for each rule."""
    for level in (Level.EMERGENCY, Level.URGENT):
        for rule, box in _rules(high, level):
            found = high.outside(box, low.at_least(level))
            if found is not None:
                yield rule, found
    for rule, box in _rules(low, Level.SELF_CARE):
        if rule.level == Level.SELF_CARE:
            found = _left_home(high, low, box)
            if found is not None:
                yield rule, found


def _left_home(high: Space, low: Space, home: Box) -> Box | None:
    """Somebody whom `low` lets care for themselves and `high` does not."""
    above = low.at_least(Level.SOON)
    found = high.outside(home, [*above, *high.exactly(Level.SELF_CARE)])
    if found is not None:
        return found
    for box in high.at_least(Level.SOON):
        both = high.meet(home, box)
        found = None if both is None else high.outside(both, above)
        if found is not None:
            return found
    return None


def _rules(space: Space, level: Level) -> Iterator[tuple[Rule, Box]]:
    for rule, box in zip(space.ruleset.rules, space.rules, strict=True):
        if box is not None and rule.level >= level:
            yield rule, box


def _aligned(ruleset: Ruleset, old: Ruleset, new: Ruleset) -> Ruleset:
    """The ruleset over the questions of both, with the options that both know, in one order."""
    gone = [q.key for q in old.questions if q.key not in new.question_by_key]
    questions = [_aligned_question(key, ruleset, old, new) for key in (*new.question_by_key, *gone)]
    options = {question.key: question.option_keys for question in questions}
    rules = [replace(rule, when=_kept(rule.when, options)) for rule in ruleset.rules]
    return replace(ruleset, questions=tuple(questions), rules=tuple(rules), signs=(), cases=())


def _aligned_question(key: str, ruleset: Ruleset, old: Ruleset, new: Ruleset) -> Question:
    one, two = new.question_by_key.get(key), old.question_by_key.get(key)
    shown = one or two
    assert shown is not None
    options = shown.options
    if one and two:
        common = tuple(o for o in options if o.key in two.option_keys)
        options = common or (*one.options, *two.options)
    own = ruleset.question_by_key.get(key)
    return replace(shown, options=options, ask_if=own.ask_if if own else ())


def _kept(
    conditions: Iterable[Condition], options: dict[str, tuple[str, ...]]
) -> tuple[Condition, ...]:
    return tuple(
        replace(c, options=tuple(o for o in c.options if o in options[c.question]))
        for c in conditions
    )

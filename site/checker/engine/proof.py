"""What is proved about the rules, over every possible set of answers.

The level of an answer sheet is the highest level of the boxes it lies in (see boxes.py). All that
is proved here are statements about such boxes, decided exactly. The short cuts of the flow (not
asking what cannot matter) do not change the level, so what holds for sheets holds for visits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .boxes import Box, Space, space_of
from .model import NOT_SURE, Level, Question, Rule, Ruleset


@dataclass(frozen=True)
class Lowered:
    """An answer that should not be safer but gives a lower level, and for whom.

    `worse` is the answer that lowers the level from at least `level` to below it. `answers` are
    the other answers of one patient for whom that happens.
    """

    question: Question
    answer: str
    worse: str
    level: Level
    answers: tuple[tuple[str, str], ...]


def not_monotone(ruleset: Ruleset) -> list[Lowered]:
    """Scale questions on which the next worse answer can lower the level.

    Neighbouring options are enough: if no step lowers the level, no longer way does.
    """
    found = []
    for question in ruleset.questions:
        if question.scale:
            keys = question.option_keys
            for answer, worse in pairwise(keys):
                found += _lowered(ruleset, question, answer, worse)
    return found


def not_sure_safer(ruleset: Ruleset) -> list[Lowered]:
    """Questions on which "not sure" can give a lower level than "no".

    On a scale "no" is the first answer. A plain fact has no safe answer, so there "not sure" must
    only never be safer than every answer that is known.
    """
    found = []
    for question in ruleset.questions:
        if question.scale or "no" in question.option_keys:
            safest = "no" if "no" in question.option_keys else question.first_sure
            found += _lowered(ruleset, question, safest, NOT_SURE)
            continue
        others = [key for key in question.option_keys if key != NOT_SURE]
        found += _lowered(ruleset, question, others[0], NOT_SURE, others)
    return found


def _lowered(
    ruleset: Ruleset, question: Question, answer: str, worse: str, all_of: list[str] | None = None
) -> list[Lowered]:
    space = space_of(ruleset)
    for level in (Level.EMERGENCY, Level.URGENT, Level.SOON):
        cut = Cut(space, question.key, level, worse)
        for box in cut.below():
            example = cut.still_high(box, all_of or [answer])
            if example is not None:
                others = tuple(space.said(example).items())
                return [Lowered(question, answer, worse, level, others)]
    return []


class Cut:
    """The answer space without one question: who is below a level because of one answer to it."""

    def __init__(self, space: Space, question: str, level: Level, worse: str) -> None:
        self.space, self.question, self.level = space, question, level
        self.worse = worse
        self.home = space.exactly(Level.SELF_CARE)
        boxes = space.at_least(level)
        self.avoid = space.slices(boxes, question, worse)
        mask = space.mask(question, (worse,))
        self.high = [box for box in boxes if question in box and not box[question] & mask]

    def below(self) -> list[Box]:
        """Where to look for somebody below the level; below "soon" means that self-care fired."""
        if self.level > Level.SOON:
            return [{}]
        return self.space.slices(self.home, self.question, self.worse)

    def still_high(self, box: Box, answers: list[str], avoid: tuple[Box, ...] = ()) -> Box | None:
        """Somebody in the box, below the level, whom each of the answers brings to the level."""
        if not answers:
            return self.space.outside(box, [*self.avoid, *avoid])
        answer, *rest = answers
        for high in self.space.slices(self.high, self.question, answer):
            both = self.space.meet(box, high)
            found = None if both is None else self.still_high(both, rest, avoid)
            if found is not None:
                return found
        if self.level > Level.SOON:
            return None
        home = self.space.slices(self.home, self.question, answer)
        return self.still_high(box, rest, (*avoid, *home))


def never_fires(ruleset: Ruleset) -> list[Rule]:
    """Rules that need an answer to a question which is not asked then."""
    space = space_of(ruleset)
    return [rule for rule, box in _boxes(space) if box is None]


def shadowed(ruleset: Ruleset) -> list[Rule]:
    """Rules that can fire but never count: others of their level or above always fire too."""
    space = space_of(ruleset)
    return [rule for rule, box in _boxes(space) if box is not None and _covered(space, rule, box)]


def _covered(space: Space, rule: Rule, box: Box) -> bool:
    return space.outside(box, space.at_least(rule.level, without=rule)) is None


def _boxes(space: Space) -> Iterator[tuple[Rule, Box | None]]:
    return zip(space.ruleset.rules, space.rules, strict=True)


def unreachable_levels(ruleset: Ruleset) -> list[Level]:
    """Levels that nobody can be given."""
    space = space_of(ruleset)
    return [level for level in Level if not _level_reached(space, level)]


def _level_reached(space: Space, level: Level) -> bool:
    above = space.at_least(Level(level + 1)) if level < Level.EMERGENCY else []
    if any(space.outside(box, above) is not None for box in space.exactly(level)):
        return True
    return level == Level.SOON and space.outside({}, space.at_least(Level.SELF_CARE)) is not None


def live_rules(ruleset: Ruleset) -> list[Rule]:
    """Rules that decide the level for somebody."""
    space = space_of(ruleset)
    return [
        rule for rule, box in _boxes(space) if box is not None and not _covered(space, rule, box)
    ]

"""The whole answer space, as boxes. What every proof about the rules is made of.

A rule fires when the answers lie in a box: one set of options for each question that it names.
A question that is asked only if … adds its own conditions, because a question that was not asked
makes a condition false. So a rule together with all that must have been asked is again one box
over *full answer sheets* (one answer to every question, read or not).

Every question we want to prove ("can this rule ever matter?", "can a worse answer lower the
level?") comes down to one: is there a sheet in this box that lies in none of those boxes? `outside`
answers it exactly. It splits the box along one question at a time, and follows only the boxes that
still touch what is left; each answer sheet of the box ends up in exactly one of the parts, so
"none" is a proof over all of them, however many billions there are. Answers that treat the same
boxes alike are followed once, and an answer that touches more boxes than another is not followed
at all: what it leaves outside, the other leaves outside too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .model import NOT_SURE, Answers, Condition, Level, Rule, Ruleset, highest

Box = Mapping[str, int]
"""Question key to allowed options, one bit each. A question left out allows every option."""


class Space:
    """All answer sheets of a ruleset, and the box of each of its rules."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.options = {q.key: q.option_keys for q in ruleset.questions}
        self.full = {key: (1 << len(options)) - 1 for key, options in self.options.items()}
        self.rules = [self.box_of(rule.when) for rule in ruleset.rules]

    def mask(self, question: str, options: Iterable[str]) -> int:
        places = self.options[question]
        return sum(1 << places.index(option) for option in set(options))

    def box_of(self, conditions: Iterable[Condition]) -> Box | None:
        """Everybody for whom the conditions hold; None when that can be nobody."""
        box: dict[str, int] = {}
        waiting = list(conditions)
        while waiting:
            condition = waiting.pop()
            key = condition.question
            box[key] = box.get(key, self.full[key]) & self.mask(key, condition.options)
            if not box[key]:
                return None
            waiting.extend(self.ruleset.question_by_key[key].ask_if)
        return box

    def at_least(self, level: Level, without: Rule | None = None) -> list[Box]:
        """Boxes of the rules of this level and above, without one rule if it is given."""
        pairs = zip(self.ruleset.rules, self.rules, strict=True)
        return [b for r, b in pairs if b is not None and r.level >= level and r is not without]

    def exactly(self, level: Level, without: Rule | None = None) -> list[Box]:
        pairs = zip(self.ruleset.rules, self.rules, strict=True)
        return [b for r, b in pairs if b is not None and r.level == level and r is not without]

    def outside(self, box: Box, boxes: Iterable[Box]) -> Box | None:
        """A part of `box` that lies in none of `boxes`, or None if they cover all of it."""
        near: list[Box] = []
        for other in boxes:
            rest = self._rest(box, other)
            if rest is None:
                continue
            if not rest:
                return None
            near.append(rest)
        return self._search(dict(box), near)

    def _rest(self, box: Box, other: Box) -> Box | None:
        """What `other` still asks of answers in `box`; None if they have no sheet in common."""
        rest: dict[str, int] = {}
        for key, mask in other.items():
            have = box.get(key, self.full[key])
            if not have & mask:
                return None
            if have & mask != have:
                rest[key] = have & mask
        return rest

    def _search(self, box: dict[str, int], near: Sequence[Box]) -> Box | None:
        if not near:
            return box
        counts = Counter(key for other in near for key in other)
        key = counts.most_common(1)[0][0]
        for part, touching in _parts(box.get(key, self.full[key]), key, near):
            left = [{k: m for k, m in other.items() if k != key} for other in touching]
            if all(left):
                found = self._search({**box, key: part}, left)
                if found is not None:
                    return found
        return None

    def meet(self, one: Box, two: Box) -> Box | None:
        """The sheets that lie in both boxes, or None."""
        both = dict(one)
        for key, mask in two.items():
            both[key] = both.get(key, self.full[key]) & mask
            if not both[key]:
                return None
        return both

    def minus(self, one: Box, two: Box | None) -> list[Box]:
        """The sheets of the first box that are not in the second, as boxes (they may overlap)."""
        if two is None:
            return [one]
        found: list[Box] = []
        for key, mask in two.items():
            rest = one.get(key, self.full[key]) & ~mask
            if rest:
                found.append({**one, key: rest})
        return found

    def slice(self, box: Box, question: str, option: str) -> Box | None:
        """The box as it looks to somebody who gave this answer, over the other questions."""
        if not box.get(question, self.full[question]) & self.mask(question, (option,)):
            return None
        return {key: mask for key, mask in box.items() if key != question}

    def slices(self, boxes: Iterable[Box], question: str, option: str) -> list[Box]:
        cut = (self.slice(box, question, option) for box in boxes)
        return [box for box in cut if box is not None]

    def sheet(self, box: Box) -> dict[str, str]:
        """One full answer sheet in the box: the safest answers that it allows."""
        return {key: self._safest(key, box.get(key, self.full[key])) for key in self.options}

    def said(self, box: Box) -> dict[str, str]:
        """The same, but only the answers that the box insists on: an example to show."""
        return {key: self._safest(key, box[key]) for key in self.options if key in box}

    def level(self, sheet: Answers) -> Level:
        """The level of somebody who gave these answers, read straight from the boxes."""
        places = {key: 1 << self.options[key].index(option) for key, option in sheet.items()}
        pairs = zip(self.ruleset.rules, self.rules, strict=True)
        return highest(
            rule.level
            for rule, box in pairs
            if box is not None and all(places.get(key, 0) & mask for key, mask in box.items())
        )

    def _safest(self, key: str, mask: int) -> str:
        allowed = [o for place, o in enumerate(self.options[key]) if mask >> place & 1]
        return next((option for option in allowed if option != NOT_SURE), allowed[0])


def _parts(have: int, key: str, near: Sequence[Box]) -> list[tuple[int, list[Box]]]:
    """Split options by which boxes they touch; fewest first, without those that can add nothing."""
    parts: dict[int, int] = {}
    for place in range(have.bit_length()):
        bit = 1 << place
        if have & bit:
            touched = sum(1 << n for n, other in enumerate(near) if other.get(key, bit) & bit)
            parts[touched] = parts.get(touched, 0) | bit
    kept: list[int] = []
    for touched in sorted(parts, key=int.bit_count):
        if not any(less & touched == less for less in kept):
            kept.append(touched)
    return [(parts[t], [other for n, other in enumerate(near) if t >> n & 1]) for t in kept]


def space_of(ruleset: Ruleset) -> Space:
    space: Space | None = ruleset.memo.get("space")
    if space is None:
        space = ruleset.memo["space"] = Space(ruleset)
    return space

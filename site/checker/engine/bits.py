"""Many answer sheets at once: one bit a sheet, so that a rule is tried on all of them in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .boxes import Box, space_of
from .model import NOT_SURE, Case, Level, Rule, Ruleset


class Sheets:
    """A pile of full answer sheets: for each question and option, who gave that answer."""

    def __init__(self, ruleset: Ruleset, sheets: Iterable[Mapping[str, str]]) -> None:
        self.space = space_of(ruleset)
        self.who: dict[str, list[int]] = {
            key: [0] * len(options) for key, options in self.space.options.items()
        }
        places = {
            key: {option: place for place, option in enumerate(options)}
            for key, options in self.space.options.items()
        }
        count = 0
        for sheet in sheets:
            bit = 1 << count
            for key, option in sheet.items():
                self.who[key][places[key][option]] |= bit
            count += 1
        self.count = count
        self.all = (1 << count) - 1

    def inside(self, box: Box | None) -> int:
        """Who lies in the box."""
        if box is None:
            return 0
        found = self.all
        for key, mask in box.items():
            some = 0
            for place, bits in enumerate(self.who[key]):
                if mask >> place & 1:
                    some |= bits
            found &= some
        return found


class CaseBits(Sheets):
    """Cases as full sheets: what a case leaves out is "not sure"."""

    def __init__(self, ruleset: Ruleset, cases: Sequence[Case] | None = None) -> None:
        self.ruleset = ruleset
        self.cases = ruleset.cases if cases is None else cases
        unsure = {question.key: NOT_SURE for question in ruleset.questions}
        super().__init__(ruleset, ({**unsure, **dict(case.answers)} for case in self.cases))
        self.fired = [(rule, self.inside(box)) for rule, box in self._boxes()]

    def _boxes(self) -> Iterable[tuple[Rule, Box | None]]:
        return zip(self.ruleset.rules, self.space.rules, strict=True)

    def keys(self, bits: int) -> tuple[str, ...]:
        return tuple(case.key for n, case in enumerate(self.cases) if bits >> n & 1)

    def altered(self, region: Box, old: Level | None, new: Level | None, rule: Rule) -> int:
        """Whose level changes if, in this region, the rule speaks for `new` instead of `old`."""
        top = max(old or Level.SELF_CARE, new or Level.SELF_CARE)
        above = home = 0
        for other, bits in self.fired:
            if other is not rule:
                above |= bits if other.level >= top else 0
                home |= bits if other.level == Level.SELF_CARE else 0
        changed = self.inside(region) & ~above
        from_default = top == Level.SOON and (old is None or new is None)
        return changed & home if from_default else changed

"""How well a cause fits, in words. Never a percentage, and never a part of the triage level.

The thresholds are expert judgement, to be agreed by the clinic's own clinicians: published
likelihood ratios come from different populations and must not be multiplied together.
"""

from __future__ import annotations

WELL_FROM = 5
"""At least two signs, one of them strong: no single answer (at most +3) makes a cause fit well."""

PARTLY_FROM = 2
"""One sign of more than the lowest weight, or two weak ones."""

CLOSE = 1
"""Scores this near to each other are not told apart: the picture is called mixed."""

WELL, PARTLY, LITTLE = "well", "partly", "little"


def word(score: int) -> str:
    if score >= WELL_FROM:
        return WELL
    return PARTLY if score >= PARTLY_FROM else LITTLE


class Bounds:
    """Lowest and highest score that each cause can still reach."""

    def __init__(self, causes: int) -> None:
        self.low = [0] * causes
        self.high = [0] * causes

    def open_for(self, cause: int) -> bool:
        """Could an answer still change this cause's word, its place, or whether it is mixed?

        Only causes that can fit at least partly have a place: below that nothing suggests them,
        and they stay in file order. The test errs on the side of asking.
        """
        low, high = self.low[cause], self.high[cause]
        if low == high:
            return False
        if word(low) != word(high):
            return True
        return high >= PARTLY_FROM and any(
            self.high[other] >= PARTLY_FROM
            and low - self.high[other] <= CLOSE
            and self.low[other] - high <= CLOSE
            for other in range(len(self.low))
            if other != cause
        )

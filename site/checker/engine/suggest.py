"""Which cases are missing? A short list of patients who would notice every unguarded change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .bits import CaseBits
from .boxes import space_of
from .model import Case, Level, Ruleset
from .mutate import Mutation, caught_by


@dataclass(frozen=True)
class Suggestion:
    """Answers for a new case, the level they get now, and how many changes it would notice.

    The level is what the rules say today. Whether it is right is for a clinician to say.
    """

    answers: tuple[tuple[str, str], ...]
    level: Level
    notices: tuple[Mutation, ...]


def suggest(ruleset: Ruleset, found: Sequence[Mutation], most: int = 200) -> list[Suggestion]:
    """Greedy: each next patient is the one who would notice most of what is still missed."""
    missed = [mutation for mutation in found if mutation.missed]
    space = space_of(ruleset)
    sheet = space.sheet({})
    sheets = {mutation.example or (): None for mutation in missed}
    cases = tuple(
        Case(str(n), "", tuple((sheet | dict(said)).items()), Level.SOON)
        for n, said in enumerate(sheets)
    )
    bits = CaseBits(ruleset, cases)
    notices = [caught_by(space, bits, mutation.mutant) for mutation in missed]
    chosen: list[Suggestion] = []
    left = set(range(len(missed)))
    while left and len(chosen) < most:
        best = max(range(len(cases)), key=lambda n: sum(notices[m] >> n & 1 for m in left))
        seen = {m for m in left if notices[m] >> best & 1}
        if not seen:
            break
        left -= seen
        answers = cases[best].answers
        noticed = tuple(missed[m] for m in sorted(seen))
        chosen.append(Suggestion(answers, space.level(dict(answers)), noticed))
    return chosen

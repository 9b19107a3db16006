"""A simulated crowd: would the rules send everybody to hospital?

Answers are drawn independently of each other, each from how common it is among people who ask
about back or calf pain. Real answers go together (illness brings several at once). So this crowd
meets more people with one alarming answer and fewer with many: for rules that need one answer the
estimate errs on the side of too many alarms, for rules that need several on the side of too few.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from .bits import Sheets
from .model import DEFAULT_LEVEL, Level, Question, Ruleset
from .reading import Problem, RulesError

Prevalences = Mapping[str, Mapping[str, float]]
"""Question to option to how common that answer is, from 0 to 1."""

ROUNDING = 0.001


@dataclass(frozen=True)
class Crowd:
    """How many of `people` were given each level."""

    people: int
    counts: Mapping[Level, int]

    def share(self, level: Level) -> float:
        return self.counts[level] / self.people


def parse_crowd(document: Mapping[str, object]) -> Prevalences:
    """Read a table a question, one number an option. Texts (notes, sources) are for people."""
    found: dict[str, dict[str, float]] = {}
    problems = []
    for key, entries in document.items():
        if not isinstance(entries, Mapping):
            problems.append(Problem("crowd", key, "must be a table of options"))
            continue
        found[key] = {}
        for option, share in entries.items():
            if isinstance(share, int | float) and not isinstance(share, bool):
                found[key][option] = float(share)
            elif not isinstance(share, str | list):
                problems.append(Problem("crowd", key, f"'{option}' must be a number from 0 to 1"))
    if problems:
        raise RulesError(problems)
    return found


def crowd(ruleset: Ruleset, prevalences: Prevalences, n: int = 5000, seed: int = 1) -> Crowd:
    """Draw `n` people and give them their level. Always the same people for the same seed.

    What the prevalences of a question leave over goes to its first answer that is not "not sure";
    a question without any is answered so by everybody. Raises RulesError on unfit prevalences.
    """
    problems = _problems(ruleset, prevalences)
    if problems:
        raise RulesError(problems)
    draw = random.Random(seed)  # noqa: S311 - a crowd that can be repeated, not a secret
    columns = {
        question.key: _column(question, prevalences.get(question.key, {}), n, draw)
        for question in ruleset.questions
    }
    people = Sheets(
        ruleset,
        (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)),
    )
    return Crowd(n, _levels(people))


def _column(
    question: Question, common: Mapping[str, float], n: int, draw: random.Random
) -> list[str]:
    weights = {key: float(common.get(key, 0.0)) for key in question.option_keys}
    weights[question.first_sure] += max(0.0, 1.0 - sum(weights.values()))
    return draw.choices(list(weights), weights=list(weights.values()), k=n)


def _levels(people: Sheets) -> dict[Level, int]:
    """Highest level first; nobody is counted twice, and who is left has the default."""
    left, counts = people.all, dict.fromkeys(Level, 0)
    for level in sorted(Level, reverse=True):
        for box in people.space.exactly(level):
            inside = people.inside(box) & left
            counts[level] += inside.bit_count()
            left &= ~inside
    counts[DEFAULT_LEVEL] += left.bit_count()
    return counts


def _problems(ruleset: Ruleset, prevalences: Prevalences) -> list[Problem]:
    found = []
    for key, common in prevalences.items():
        question = ruleset.question_by_key.get(key)
        if question is None:
            found.append(Problem("crowd", key, "there is no such question"))
            continue
        unknown = sorted(set(common) - set(question.option_keys))
        found += [Problem("crowd", key, f"there is no option '{option}'") for option in unknown]
        if any(not 0 <= share <= 1 for share in common.values()):
            found.append(Problem("crowd", key, "every share must be from 0 to 1"))
        elif sum(common.values()) > 1 + ROUNDING:
            found.append(Problem("crowd", key, "the shares add up to more than 1"))
    return found

"""Does a case notice when a rule is wrong? Every rule is changed a little and the cases are asked.

A changed rule that alters no level over the whole answer space is *equivalent*: nothing could
notice it. That is decided exactly (see boxes.py). All others must alter the level of some case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .bits import CaseBits
from .boxes import Box, Space, space_of
from .model import Condition, Level, Rule, Ruleset

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Mutant:
    """One small change to one rule, said in words. `changed` is None when the rule is deleted."""

    rule: Rule
    kind: str
    words: str
    changed: Rule | None


@dataclass(frozen=True)
class Mutation:
    """What came of a mutant: the cases that notice it, or an example of somebody it concerns.

    `example` is None exactly for an equivalent mutant.
    """

    mutant: Mutant
    guards: tuple[str, ...]
    example: tuple[tuple[str, str], ...] | None

    @property
    def equivalent(self) -> bool:
        return self.example is None

    @property
    def missed(self) -> bool:
        return not self.equivalent and not self.guards


def mutations(ruleset: Ruleset, progress: Progress | None = None) -> list[Mutation]:
    """Every mutant of every rule, with the cases that guard against it."""
    space, bits = space_of(ruleset), CaseBits(ruleset)
    found = []
    for number, rule in enumerate(ruleset.rules):
        found += [_judge(space, bits, mutant) for mutant in mutants(ruleset, rule)]
        if progress:
            progress(number + 1, len(ruleset.rules))
    return found


def guards(found: list[Mutation]) -> dict[str, tuple[str, ...]]:
    """For each rule the cases that would notice a change to it."""
    table: dict[str, list[str]] = {}
    for mutation in found:
        keys = table.setdefault(mutation.mutant.rule.key, [])
        keys += [key for key in mutation.guards if key not in keys]
    return {rule: tuple(keys) for rule, keys in table.items()}


def mutants(ruleset: Ruleset, rule: Rule) -> Iterator[Mutant]:
    yield Mutant(rule, "delete", "the rule could be deleted", None)
    if rule.level < Level.EMERGENCY:
        higher = Level(rule.level + 1)
        words = f"its level could be raised to '{higher.key}'"
        yield Mutant(rule, "raise", words, replace(rule, level=higher))
    if rule.level > Level.SELF_CARE:
        lower = Level(rule.level - 1)
        words = f"its level could be lowered to '{lower.key}'"
        yield Mutant(rule, "lower", words, replace(rule, level=lower))
    for place, condition in enumerate(rule.when):
        yield from _condition_mutants(ruleset, rule, place, condition)


def _condition_mutants(
    ruleset: Ruleset, rule: Rule, place: int, condition: Condition
) -> Iterator[Mutant]:
    question = ruleset.question_by_key[condition.question]
    before, after = rule.when[:place], rule.when[place + 1 :]
    if before or after:
        words = f"its condition on '{question.text}' could be dropped"
        yield Mutant(rule, "drop", words, replace(rule, when=before + after))
    for option in question.options:
        has = option.key in condition.options
        left = tuple(o for o in condition.options if o != option.key)
        options = left if has else (*condition.options, option.key)
        if not options:
            continue
        words = (
            f"the answer '{option.text}' to '{question.text}' could be "
            f"{'left out of' if has else 'added to'} it"
        )
        when = (*before, Condition(question.key, options), *after)
        yield Mutant(rule, "flip", words, replace(rule, when=when))


@dataclass(frozen=True)
class Change:
    """A region of answer sheets in which a rule speaks for `old` before and for `new` after."""

    region: Box
    old: Level | None
    new: Level | None


def _changes(space: Space, mutant: Mutant) -> list[Change]:
    rule, changed = mutant.rule, mutant.changed
    old = space.box_of(rule.when)
    new = space.box_of(changed.when) if changed else None
    found: list[Change] = []
    if old is not None:
        found += [Change(region, rule.level, None) for region in space.minus(old, new)]
    if new is not None and changed:
        found += [Change(region, None, changed.level) for region in space.minus(new, old)]
        both = space.meet(old, new) if old is not None else None
        if both is not None and changed.level != rule.level:
            found.append(Change(both, rule.level, changed.level))
    return found


def _judge(space: Space, bits: CaseBits, mutant: Mutant) -> Mutation:
    changes = _changes(space, mutant)
    examples = (_example(space, change, mutant.rule) for change in changes)
    example = next((box for box in examples if box is not None), None)
    said = None if example is None else tuple(space.said(example).items())
    return Mutation(mutant, bits.keys(caught_by(space, bits, mutant)), said)


def caught_by(space: Space, bits: CaseBits, mutant: Mutant) -> int:
    """Which cases would be given another level, one bit a case."""
    caught = 0
    for change in _changes(space, mutant):
        caught |= bits.altered(change.region, change.old, change.new, mutant.rule)
    return caught


def _example(space: Space, change: Change, rule: Rule) -> Box | None:
    """Somebody in the region whose level changes: the other rules leave the decision to this one.

    - Between nothing and self-care: the level changes where no other rule fires.
    - Between nothing and "soon" (the default): where only rules for self-care fire.
    - Otherwise: where no other rule of the higher of the two levels fires.
    """
    top = max(change.old or Level.SELF_CARE, change.new or Level.SELF_CARE)
    others = space.at_least(top, without=rule)
    if top != Level.SOON or (change.old is not None and change.new is not None):
        return space.outside(change.region, others)
    for home in space.exactly(Level.SELF_CARE, without=rule):
        region = space.meet(change.region, home)
        found = None if region is None else space.outside(region, others)
        if found is not None:
            return found
    return None

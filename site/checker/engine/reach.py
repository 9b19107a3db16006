"""Which questions can be asked, and how many of them one patient can meet.

A question that a live rule hangs on is asked: somebody exists for whom that rule decides, and until
then nothing contradicts it and nothing as high has fired. For other questions (only signs hang on
them, or rules that never count) a visit in which they are asked is searched for and replayed; if
none is found we say so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from .boxes import Box, Space, space_of
from .flow import replay
from .model import NOT_SURE, Condition, Level, Option, Question, Ruleset
from .plan import plan_of
from .proof import live_rules

FEW = 2000
TRIES = 60
"""Up to FEW different histories are all tried before a question is called unreachable.
Of more, the safest, the most unsure and as many random ones as TRIES says."""


def unreachable_questions(ruleset: Ruleset) -> list[Question]:
    """Questions that nobody is asked, whatever they answered before."""
    space = space_of(ruleset)
    asked: set[str] = set()
    for rule in live_rules(ruleset):
        asked |= set(space.box_of(rule.when) or ())
    return [
        question
        for question in ruleset.questions
        if question.key not in asked and not _is_met(space, question)
    ]


def _is_met(space: Space, question: Question) -> bool:
    plan = plan_of(space.ruleset)
    if not plan.causes_via[question.key] and not plan.rules_via[question.key]:
        return False
    box = space.box_of(question.ask_if)
    calm = box if box is None else space.outside(box, _alarms_before(space, question))
    if calm is None:
        return False
    sheets = _sheets(space, calm, question.key)
    return any(question in replay(space.ruleset, sheet).questions for sheet in sheets)


def _alarms_before(space: Space, question: Question) -> list[Box]:
    """Emergencies that have ended the visit before this question comes."""
    order = [one.key for one in space.ruleset.asking_order]
    asked = set(order[: order.index(question.key)])
    return [box for box in space.at_least(Level.EMERGENCY) if asked.issuperset(box)]


def _sheets(space: Space, box: Box, key: str) -> Iterator[dict[str, str]]:
    """Answers in the box to all that is asked before the question, and to the question."""
    order = [question.key for question in space.ruleset.asking_order]
    allowed = {
        name: [
            o for place, o in enumerate(space.options[name]) if _mask(space, box, name) >> place & 1
        ]
        for name in order[: order.index(key) + 1]
    }
    if prod(len(some) for some in allowed.values()) <= FEW:
        for answers in product(*allowed.values()):
            yield dict(zip(allowed, answers, strict=True))
        return
    yield {name: space.sheet(box)[name] for name in allowed}
    yield {name: NOT_SURE if NOT_SURE in some else some[-1] for name, some in allowed.items()}
    draw = random.Random(key)  # noqa: S311 - for variety, not for secrets
    for _ in range(TRIES):
        yield {name: draw.choice(some) for name, some in allowed.items()}


def _mask(space: Space, box: Box, key: str) -> int:
    return box.get(key, space.full[key])


def idle_options(ruleset: Ruleset) -> list[tuple[Question, Option]]:
    """Options that change nothing although they should: in no rule, no sign, no `ask_if`.

    The first answer of a scale and "not sure" are neutral on purpose; so is any plain fact.
    """
    used = {(c.question, o) for c in _conditions(ruleset) for o in c.options}
    used |= {(sign.question, option) for sign in ruleset.signs for option in sign.options}
    return [
        (question, option)
        for question in ruleset.questions
        if question.scale
        for option in question.options
        if option.key not in (NOT_SURE, question.first_sure)
        and (question.key, option.key) not in used
    ]


def _conditions(ruleset: Ruleset) -> Iterator[Condition]:
    for rule in ruleset.rules:
        yield from rule.when
    for question in ruleset.questions:
        yield from question.ask_if


def most_asked(ruleset: Ruleset) -> int:
    """No visit asks more questions than this.

    A proven upper bound: it counts every question whose `ask_if` can hold together with the
    others, also those that the flow would leave out because they no longer matter. Visits that
    end with an emergency are counted up to that rule's last question, all others without the
    answers that are an emergency by themselves.
    """
    space = space_of(ruleset)
    longest = _most_visible(ruleset, [q.key for q in ruleset.asking_order], _calm(space, {}))
    return max([longest, *asked_before_emergency(ruleset).values()])


def asked_before_emergency(ruleset: Ruleset) -> dict[str, int]:
    """For each emergency rule: no visit asks more questions than this before it has fired."""
    space = space_of(ruleset)
    order = [question.key for question in ruleset.asking_order]
    found = {}
    for rule, box in zip(ruleset.rules, space.rules, strict=True):
        if rule.level == Level.EMERGENCY and box is not None:
            last = max(order.index(key) for key in box)
            found[rule.key] = _most_visible(ruleset, order[: last + 1], _calm(space, box))
    return found


def _calm(space: Space, box: Box) -> Box:
    """The box without answers that end the visit at once (unless the box insists on them)."""
    calm = dict(box)
    for alarm in space.at_least(Level.EMERGENCY):
        if len(alarm) == 1:
            ((key, mask),) = alarm.items()
            calm[key] = _mask(space, calm, key) & ~mask or _mask(space, calm, key)
    return calm


def _most_visible(ruleset: Ruleset, keys: Sequence[str], box: Box) -> int:
    """The greatest number of these questions that one answer sheet in the box can show."""
    counted = frozenset(keys)
    parents = [q for q in ruleset.asking_order if plan_of(ruleset).children.get(q.key)]
    return _branch(ruleset, parents, box, _reachable(ruleset, counted, box), 0)


def _branch(
    ruleset: Ruleset, parents: Sequence[Question], box: Box, shown: frozenset[str], best: int
) -> int:
    """Branch on the questions that others hang on; drop branches that cannot beat the best."""
    if len(shown) <= best:
        return best
    if not parents:
        return len(shown)
    space, (parent, *rest) = space_of(ruleset), parents
    parts = []
    for place, _ in enumerate(parent.options):
        if _mask(space, box, parent.key) >> place & 1:
            part = {**box, parent.key: 1 << place}
            parts.append((part, _reachable(ruleset, shown, part)))
    seen: set[frozenset[str]] = set()
    for part, left in sorted(parts, key=lambda pair: -len(pair[1])):
        if left not in seen:
            seen.add(left)
            best = _branch(ruleset, rest, part, left, best)
    return best


def _reachable(ruleset: Ruleset, keys: frozenset[str], box: Box) -> frozenset[str]:
    space = space_of(ruleset)
    hidden: set[str] = set()
    for question in ruleset.asking_order:
        for condition in question.ask_if:
            parent, mask = condition.question, space.mask(condition.question, condition.options)
            if parent in hidden or not _mask(space, box, parent) & mask:
                hidden.add(question.key)
    return keys - hidden

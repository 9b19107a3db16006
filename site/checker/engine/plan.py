"""What is worked out once about a ruleset, so that a visit is fast."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .boxes import space_of
from .model import Question, Ruleset


@dataclass(frozen=True)
class Span:
    """How far one question can still move the score of one cause, down or up."""

    cause: int
    low: int
    high: int


class Plan:
    """Look-ups for the replay: which rules and causes hang on which question."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.children = _children(ruleset)
        self.can_fire = [box is not None for box in space_of(ruleset).rules]
        self.rules_on = _rules_on(ruleset)
        self.weights = _weights(ruleset)
        self.spans = {q.key: _spans(self.weights[q.key], q) for q in ruleset.questions}
        self.rules_via: dict[str, tuple[int, ...]] = {}
        self.causes_via: dict[str, tuple[int, ...]] = {}
        for question in ruleset.questions:
            touched = self.touched(question.key)
            rules = {rule for key in touched for rule in self.rules_on.get(key, ())}
            causes = {span.cause for key in touched for span in self.spans[key]}
            self.rules_via[question.key] = tuple(sorted(rules))
            self.causes_via[question.key] = tuple(sorted(causes))

    def touched(self, key: str) -> set[str]:
        """The question itself and every question that is asked only because of its answer."""
        found, waiting = {key}, [key]
        while waiting:
            for child in self.children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found


def plan_of(ruleset: Ruleset) -> Plan:
    plan: Plan | None = ruleset.memo.get("plan")
    if plan is None:
        plan = ruleset.memo["plan"] = Plan(ruleset)
    return plan


def _children(ruleset: Ruleset) -> dict[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    for question in ruleset.questions:
        for condition in question.ask_if:
            children[condition.question].append(question.key)
    return dict(children)


def _rules_on(ruleset: Ruleset) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(ruleset.rules):
        for condition in rule.when:
            found[condition.question].append(number)
    return dict(found)


Weights = dict[str, dict[int, int]]
"""For one question: option key to the weight that it adds for each cause (by number)."""


def _weights(ruleset: Ruleset) -> dict[str, Weights]:
    number = {cause.key: index for index, cause in enumerate(ruleset.causes)}
    table: dict[str, Weights] = {q.key: {} for q in ruleset.questions}
    for sign in ruleset.signs:
        for option in sign.options:
            row = table[sign.question].setdefault(option, {})
            cause = number[sign.cause]
            row[cause] = row.get(cause, 0) + sign.weight
    return table


def _spans(weights: Weights, question: Question) -> tuple[Span, ...]:
    """Nought is always within the span: the question may turn out not to be asked."""
    causes = sorted({cause for row in weights.values() for cause in row})
    spans = []
    for cause in causes:
        moves = [weights.get(key, {}).get(cause, 0) for key in question.option_keys]
        spans.append(Span(cause, min(0, *moves), max(0, *moves)))
    return tuple(spans)

"""Get help sooner if …: every change of one answer that would raise the level."""

from __future__ import annotations

from dataclasses import dataclass

from .flow import replay
from .model import Answers, Level, Option, Question, Ruleset, highest


@dataclass(frozen=True)
class Escalator:
    """If the patient's answer to this question became this option, the level would be higher."""

    question: Question
    option: Option
    level: Level


def escalators(ruleset: Ruleset, answers: Answers) -> tuple[Escalator, ...]:
    """Most urgent first, then in the order of asking.

    Only the answers that counted are used, and only one of them changes. A question that would
    be newly asked has no answer yet, so a rule that needs it does not fire: that is another change.
    """
    counted = replay(ruleset, answers).answers
    now = _level(ruleset, counted)
    found = [
        Escalator(question, option, level)
        for question in ruleset.asking_order
        if question.key in counted
        for option in question.options
        if (level := _level(ruleset, {**counted, question.key: option.key})) > now
    ]
    return tuple(sorted(found, key=lambda escalator: -escalator.level))


def _level(ruleset: Ruleset, answers: Answers) -> Level:
    visible = still_asked(ruleset, answers)
    return highest(rule.level for rule in ruleset.rules if rule.fires(visible))


def still_asked(ruleset: Ruleset, answers: Answers) -> dict[str, str]:
    """Without the answers to questions that a changed answer has made needless."""
    kept: dict[str, str] = {}
    for question in ruleset.asking_order:
        if question.key in answers and all(c.holds(kept) for c in question.ask_if):
            kept[question.key] = answers[question.key]
    return kept

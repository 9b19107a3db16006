"""What the gate has to say: data with a place to mend it, in clinicians' words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .model import Level, Ruleset

ERROR, WARNING = "error", "warning"

LEVEL_WORDS = {
    Level.EMERGENCY: "emergency",
    Level.URGENT: "urgent",
    Level.SOON: "soon",
    Level.SELF_CARE: "self-care",
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend. An error stops a release, a warning does not.

    `where` is the kind of thing ("question", "rule", "sign", "case" or "ruleset") and its key.
    """

    check: str
    severity: str
    where: tuple[str, str]
    message: str


def somebody(ruleset: Ruleset, answers: Iterable[tuple[str, str]]) -> str:
    """An example patient in words, from question and option keys."""
    parts = []
    for key, answer in answers:
        question = ruleset.question_by_key[key]
        parts.append(f"'{question.option(answer).text}' to '{question.text}'")
    return "somebody who answers " + ", ".join(parts) if parts else "anybody"

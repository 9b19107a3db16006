"""What a symptom checker is made of: questions, rules, signs, causes and cases.

Everything here is frozen, so that a release can never change after it was proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any

NOT_SURE = "not-sure"
EMERGENCY_KIND = "emergency"
KINDS = (EMERGENCY_KIND, "red-flag", "detail")

Answers = Mapping[str, str]


class Level(IntEnum):
    """Triage levels, ordered, so that "the highest rule that fires" is a plain max()."""

    SELF_CARE = 0
    SOON = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def key(self) -> str:
        return self.name.lower()

    @classmethod
    def from_key(cls, key: str) -> Level:
        for level in cls:
            if level.key == key:
                return level
        raise ValueError(f"no level is called '{key}'")


DEFAULT_LEVEL = Level.SOON
"""With no rule fired nobody is told to care for themselves: that has to be earned by a rule."""


@dataclass(frozen=True)
class Option:
    """One possible answer; `said` is how the result repeats it to the patient."""

    key: str
    text: str
    said: str = ""


@dataclass(frozen=True)
class Condition:
    """Holds when the question was asked and answered with one of the options."""

    question: str
    options: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.question) in self.options


@dataclass(frozen=True)
class Question:
    """Options run from "no" to the most worrying, with "not sure" placed on purpose.

    `scale` is false for a plain fact (age), whose options have no order of worry.
    """

    key: str
    text: str
    options: tuple[Option, ...]
    hint: str = ""
    why: str = ""
    kind: str = "detail"
    scale: bool = True
    ask_if: tuple[Condition, ...] = ()

    @cached_property
    def option_keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    @property
    def first_sure(self) -> str:
        """The safest answer of a scale: the first option that is not "not sure"."""
        return next(key for key in self.option_keys if key != NOT_SURE)

    def option(self, key: str) -> Option:
        return next(option for option in self.options if option.key == key)


@dataclass(frozen=True)
class Rule:
    """Fires when every condition holds; `because` says to the patient why this level."""

    key: str
    level: Level
    when: tuple[Condition, ...]
    because: str
    card: str = ""
    about: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def fires(self, answers: Answers) -> bool:
        return all(condition.holds(answers) for condition in self.when)


@dataclass(frozen=True)
class Cause:
    """One of the causes that the checker can name, or a look-alike that is none of them."""

    key: str
    name: str
    page: str
    lookalike: bool = False


@dataclass(frozen=True)
class Sign:
    """An answer that speaks for a cause (+1 to +3) or against it (-1 to -3)."""

    cause: str
    question: str
    options: tuple[str, ...]
    weight: int
    phrase: str
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.cause}/{self.question}/{'+'.join(self.options)}"


@dataclass(frozen=True)
class Case:
    """What must stay right: a patient in their own words and the level a panel agreed on."""

    key: str
    text: str
    answers: tuple[tuple[str, str], ...]
    level: Level
    accept: tuple[Level, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruleset:
    """The whole of one checker, in the order of its files."""

    title: str
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    causes: tuple[Cause, ...] = ()
    signs: tuple[Sign, ...] = ()
    cases: tuple[Case, ...] = ()
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Kept by the other modules: what they worked out once about this (unchanging) ruleset."""

    @cached_property
    def asking_order(self) -> tuple[Question, ...]:
        """File order, but nobody waits for an emergency question behind another one."""
        return tuple(sorted(self.questions, key=lambda q: q.kind != EMERGENCY_KIND))

    @cached_property
    def question_by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def rule_by_key(self) -> dict[str, Rule]:
        return {rule.key: rule for rule in self.rules}

    @cached_property
    def cause_by_key(self) -> dict[str, Cause]:
        return {cause.key: cause for cause in self.causes}

    @cached_property
    def case_by_key(self) -> dict[str, Case]:
        return {case.key: case for case in self.cases}


def highest(fired: Iterable[Level]) -> Level:
    """The level of the highest rule that fires, or the default when none does."""
    return max(fired, default=DEFAULT_LEVEL)


class UnknownAnswer(ValueError):  # noqa: N818 - it reads as what it is
    """A question or option that this ruleset does not have."""


class Incomplete(ValueError):  # noqa: N818
    """A question that has to be asked has no answer. Never read as "no"."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"question '{question.key}' has no answer yet")
        self.question = question


def known(ruleset: Ruleset, answers: Answers) -> None:
    """Refuse answers that name a question or option which does not exist."""
    for key, option in answers.items():
        question = ruleset.question_by_key.get(key)
        if question is None:
            raise UnknownAnswer(f"there is no question '{key}'")
        if option not in question.option_keys:
            raise UnknownAnswer(f"question '{key}' has no option '{option}'")

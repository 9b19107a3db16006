"""The rules of a release in plain words, for anybody who wants to know how the checker decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from checker.engine import Case, Cause, Condition, Level, Question, Rule, Ruleset, Sign
from checker.levels import WORDS, LevelWords, Words
from library.models import Source

FOR_WORDS: dict[int, Words] = {
    3: _("speaks strongly for it"),
    2: _("speaks for it"),
    1: _("speaks a little for it"),
    -1: _("speaks a little against it"),
    -2: _("speaks against it"),
    -3: _("speaks strongly against it"),
}
FALLING = sorted(Level, reverse=True)


@dataclass(frozen=True)
class Clause:
    """“Question?” is answered with one of these."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class PlainRule:
    key: str
    when: tuple[Clause, ...]
    because: str
    about: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class PlainLevel:
    words: LevelWords
    rules: tuple[PlainRule, ...]


@dataclass(frozen=True)
class PlainQuestion:
    question: Question
    only_if: tuple[Clause, ...]


@dataclass(frozen=True)
class PlainSign:
    clause: Clause
    phrase: str
    word: Words
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class PlainCause:
    cause: Cause
    signs: tuple[PlainSign, ...]


@dataclass(frozen=True)
class PlainCase:
    key: str
    text: str
    level: Words
    accept: tuple[Words, ...]


@dataclass(frozen=True)
class PlainRelease:
    questions: tuple[PlainQuestion, ...]
    levels: tuple[PlainLevel, ...]
    causes: tuple[PlainCause, ...]
    cases: tuple[PlainCase, ...]
    sources: tuple[Source, ...]


def in_plain_words(ruleset: Ruleset) -> PlainRelease:
    """One query, for the sources."""
    sources = _sources(ruleset)
    return PlainRelease(
        questions=tuple(
            PlainQuestion(question, _clauses(ruleset, question.ask_if))
            for question in ruleset.asking_order
        ),
        levels=tuple(_level(ruleset, level, sources) for level in FALLING),
        causes=tuple(_cause(ruleset, cause, sources) for cause in ruleset.causes),
        cases=tuple(_case(case) for case in ruleset.cases),
        sources=tuple(sources[key] for key in sorted(sources)),
    )


def _sources(ruleset: Ruleset) -> dict[str, Source]:
    items: Sequence[Rule | Sign] = (*ruleset.rules, *ruleset.signs)
    keys = {key for item in items for key in item.sources}
    return {source.key: source for source in Source.objects.filter(key__in=keys)}


def _cited(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    return tuple(sources[key] for key in keys if key in sources)


def _clauses(ruleset: Ruleset, conditions: Iterable[Condition]) -> tuple[Clause, ...]:
    return tuple(_clause(ruleset, c.question, c.options) for c in conditions)


def _clause(ruleset: Ruleset, question_key: str, options: Iterable[str]) -> Clause:
    question = ruleset.question_by_key[question_key]
    return Clause(question.text, tuple(question.option(key).text for key in options))


def _level(ruleset: Ruleset, level: Level, sources: Mapping[str, Source]) -> PlainLevel:
    rules = tuple(
        PlainRule(
            key=rule.key,
            when=_clauses(ruleset, rule.when),
            because=rule.because,
            about=tuple(ruleset.cause_by_key[key].name for key in rule.about),
            sources=_cited(rule.sources, sources),
        )
        for rule in ruleset.rules
        if rule.level is level
    )
    return PlainLevel(WORDS[level], rules)


def _cause(ruleset: Ruleset, cause: Cause, sources: Mapping[str, Source]) -> PlainCause:
    signs = sorted(
        (sign for sign in ruleset.signs if sign.cause == cause.key), key=lambda sign: -sign.weight
    )
    return PlainCause(
        cause,
        tuple(
            PlainSign(
                _clause(ruleset, sign.question, sign.options),
                sign.phrase,
                FOR_WORDS[sign.weight],
                _cited(sign.sources, sources),
            )
            for sign in signs
        ),
    )


def _case(case: Case) -> PlainCase:
    return PlainCase(
        case.key,
        case.text,
        WORDS[case.level].name,
        tuple(WORDS[level].name for level in case.accept),
    )

"""What the result page says, put together from the engine's advice and the library's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings

from checker.engine import NOT_SURE, Advice, Escalator, Level, Rule, Ruleset, advise, escalators
from checker.levels import WORDS, LevelWords
from checker.visit.fits import CauseFit, cause_fits
from checker.visit.pages import neutral_pages
from checker.visit.state import Visit
from library.models import CausePage, Source, TopicPage

SIGNPOST = "signpost"


@dataclass(frozen=True)
class Row:
    """A question that was asked, and what the patient said."""

    key: str
    question: str
    said: str
    change_url: str = ""


@dataclass(frozen=True)
class Because:
    """One reason: the rule's words and the patient's own, and where the rule comes from."""

    because: str
    said: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Sooner:
    """Changes of one answer that call for help sooner, at one level.

    ``doubts`` are those that nobody waits for (a plain fact, or being no longer sure); they follow
    the changes to look out for, so that these stay easy to find.
    """

    words: LevelWords
    changes: tuple[Escalator, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return _said(change for change in self.changes if not _is_doubt(change))

    @property
    def doubts(self) -> tuple[str, ...]:
        return _said(change for change in self.changes if _is_doubt(change))


@dataclass(frozen=True)
class Result:
    """Everything on the result page, in its order."""

    level: Level
    advice: LevelWords
    checks: tuple[Row, ...]
    reasons: tuple[Because, ...]
    sooner: tuple[Sooner, ...]
    fits: tuple[CauseFit, ...]
    lookalikes: tuple[CauseFit, ...]
    mixed: tuple[str, ...]
    unsure: tuple[str, ...]
    rows: tuple[Row, ...]
    pages: Sequence[TopicPage | CausePage]
    emergency: bool
    signpost: bool

    def as_context(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def build_result(visit: Visit) -> Result:
    """Raises Incomplete or UnknownAnswer as the engine does: a gap is never read as "no"."""
    ruleset = visit.ruleset
    advice = advise(ruleset, visit.answers)
    emergency = advice.level is Level.EMERGENCY
    signpost = settings.CHECKER_MODE == SIGNPOST
    named = () if emergency or signpost else cause_fits(advice)
    rows = answer_rows(visit, [key for key, _option in advice.answers])
    return Result(
        level=advice.level,
        advice=WORDS[advice.level],
        checks=_deciding(advice, rows) if emergency else (),
        reasons=_reasons(advice, bare=signpost),
        sooner=() if emergency else _sooner(ruleset, visit.answers),
        fits=tuple(fit for fit in named if not fit.lookalike),
        lookalikes=tuple(fit for fit in named if fit.lookalike),
        mixed=tuple(fit.name for fit in named[:2]) if advice.mixed else (),
        unsure=() if emergency else _unsure(advice, rows),
        rows=rows,
        pages=neutral_pages(ruleset) if signpost and not emergency else (),
        emergency=emergency,
        signpost=signpost,
    )


def answer_rows(visit: Visit, keys: Sequence[str]) -> tuple[Row, ...]:
    """The answers to these questions, each with the way to change it."""
    rows = []
    for key in keys:
        question = visit.ruleset.question_by_key[key]
        option = question.option(visit.answers[key])
        rows.append(Row(key, question.text, option.said or option.text, visit.url("question", key)))
    return tuple(rows)


def _deciding(advice: Advice, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The answers that made it an emergency, for "check this answer"."""
    rules = [rule for rule in advice.fired if rule.level == advice.level]
    keys = {condition.question for rule in rules for condition in rule.when}
    return tuple(row for row in rows if row.key in keys)


def _reasons(advice: Advice, bare: bool) -> tuple[Because, ...]:
    """Reasons of the level that was given; lower ones would only blur it.

    A rule's own words may name a cause, so signpost mode has them ``bare``: the patient's answers.
    """
    deciding = [reason for reason in advice.reasons if reason.level == advice.level]
    rules = [reason.rule for reason in deciding if reason.rule]
    sources = {} if bare else _sources(rules)
    return tuple(
        Because(
            because="" if bare and reason.rule else reason.because,
            said=reason.said,
            sources=tuple(
                sources[key]
                for key in (reason.rule.sources if reason.rule else ())
                if key in sources
            ),
        )
        for reason in deciding
    )


def _sources(rules: Sequence[Rule]) -> dict[str, Source]:
    keys = {key for rule in rules for key in rule.sources}
    return {source.key: source for source in Source.objects.filter(key__in=keys)} if keys else {}


def _sooner(ruleset: Ruleset, answers: Mapping[str, str]) -> tuple[Sooner, ...]:
    """Exactly the changes that the engine finds, grouped by level, most urgent first."""
    grouped = groupby(escalators(ruleset, answers), key=lambda change: change.level)
    return tuple(Sooner(WORDS[level], tuple(changes)) for level, changes in grouped)


def _is_doubt(change: Escalator) -> bool:
    return change.option.key == NOT_SURE or not change.question.scale


def _said(changes: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(change.option.said or change.option.text for change in changes))


def _unsure(advice: Advice, rows: Sequence[Row]) -> tuple[str, ...]:
    """What the advice cannot take into account, in the patient's own words."""
    unsure = {key for key, option in advice.answers if option == NOT_SURE}
    return tuple(row.said for row in rows if row.key in unsure)

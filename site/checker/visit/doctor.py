"""The one page for the doctor: what a clinician wants to see first, first."""

from dataclasses import dataclass

from django.conf import settings

from checker.engine import NOT_SURE, Advice, Level, Question, advise
from checker.levels import FIT_WORDS, WORDS, Words
from checker.visit.fits import NAMED
from checker.visit.result import SIGNPOST, Row, answer_rows
from checker.visit.state import Visit

RED_FLAGS = ("emergency", "red-flag")


@dataclass(frozen=True)
class DoctorSheet:
    """``positives`` and ``negatives`` are answers to questions with an order of worry; ``story`` is
    the plain facts (where, onset, how long, age). ``rules`` names what decided, for the record."""

    level: str
    advice: Words
    positives: tuple[Row, ...]
    unsure: tuple[Row, ...]
    negatives: tuple[Row, ...]
    story: tuple[Row, ...]
    rest: tuple[Row, ...]
    fits: tuple[tuple[str, Words], ...]
    rules: tuple[str, ...]


def build_sheet(visit: Visit) -> DoctorSheet:
    advice = advise(visit.ruleset, visit.answers)
    asked = [(visit.ruleset.question_by_key[key], option) for key, option in advice.answers]
    groups: dict[str, list[str]] = {name: [] for name in GROUPS}
    for question, option in asked:
        groups[_group(question, option)].append(question.key)
    rows = {name: answer_rows(visit, keys) for name, keys in groups.items()}
    words = WORDS[advice.level]
    return DoctorSheet(
        level=words.key,
        advice=words.heading,
        fits=_fits(advice),
        rules=tuple(rule.key for rule in advice.fired if rule.level == advice.level),
        **rows,
    )


def _fits(advice: Advice) -> tuple[tuple[str, Words], ...]:
    """Name and word of each cause that fits, where the owner and the urgency allow to name any."""
    if advice.level is Level.EMERGENCY or settings.CHECKER_MODE == SIGNPOST:
        return ()
    return tuple((fit.cause.name, FIT_WORDS[fit.word]) for fit in advice.fits if fit.word in NAMED)


GROUPS = ("positives", "unsure", "negatives", "story", "rest")


def _group(question: Question, option: str) -> str:
    """Where an answer stands on the sheet."""
    if option == NOT_SURE:
        return "unsure"
    if not question.scale and "no" not in question.option_keys:
        return "story"
    if option != question.first_sure:
        return "positives"
    return "negatives" if question.kind in RED_FLAGS else "rest"

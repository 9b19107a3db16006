"""Walking a case through the real flow of questions, and judging what came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .advice import Advice, advice_after, fits_well, main_causes
from .flow import Replay
from .model import NOT_SURE, Case, Level, Question, Ruleset, known

VERDICTS = ("exact", "accepted", "over", "under")


@dataclass(frozen=True)
class CaseResult:
    """`causes`: keys of the main causes that fit well or partly, best first."""

    case: Case
    advice: Advice
    verdict: str
    causes: tuple[str, ...]
    cause_ok: bool
    asked: int

    @property
    def level(self) -> Level:
        return self.advice.level

    def as_dict(self) -> dict[str, object]:
        return {
            "key": self.case.key,
            "level": self.level.key,
            "expected": self.case.level.key,
            "verdict": self.verdict,
            "causes": list(self.causes),
            "cause_ok": self.cause_ok,
            "asked": self.asked,
        }


def walk(ruleset: Ruleset, case: Case) -> CaseResult:
    """What the case leaves out is answered "not sure"; only questions that are asked count."""
    answers = dict(case.answers)
    known(ruleset, answers)

    def respond(question: Question) -> str:
        return answers.get(question.key, NOT_SURE)

    advice = advice_after(Replay(ruleset, respond))
    main = main_causes(advice.fits)
    causes = tuple(fit.cause.key for fit in main)
    return CaseResult(
        case=case,
        advice=advice,
        verdict=judge(case, advice.level),
        causes=causes,
        cause_ok=_cause_ok(case, causes, fits_well(main)),
        asked=len(advice.answers),
    )


def judge(case: Case, level: Level) -> str:
    """A level that the panel would accept counts as right; lower than the panel's is under."""
    if level == case.level:
        return "exact"
    if level in case.accept:
        return "accepted"
    return "over" if level > case.level else "under"


def _cause_ok(case: Case, causes: tuple[str, ...], one_fits_well: bool) -> bool:
    """Where the truth is none of the main causes, none of them may fit well."""
    if not case.causes:
        return not one_fits_well
    return bool(causes) and causes[0] in case.causes


def walk_all(ruleset: Ruleset, cases: Iterable[Case]) -> tuple[CaseResult, ...]:
    return tuple(walk(ruleset, case) for case in cases)


def totals(results: Iterable[CaseResult]) -> dict[str, int]:
    """How many cases came to each verdict, how many in all, and how many name a right cause."""
    results = tuple(results)
    counts = dict.fromkeys(VERDICTS, 0)
    for result in results:
        counts[result.verdict] += 1
    return {
        "cases": len(results),
        **counts,
        "cause_ok": sum(result.cause_ok for result in results),
    }

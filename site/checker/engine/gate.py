"""The gate: everything that must hold before the public may see a ruleset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

from .cases import CaseResult, totals, walk
from .crowd import Crowd, Prevalences, crowd
from .diff import Diff, diff
from .findings import ERROR, LEVEL_WORDS, WARNING, Finding, somebody
from .model import Level, Ruleset
from .mutate import Mutation, guards, mutations
from .parse import Document, parse
from .proof import Lowered, never_fires, not_monotone, not_sure_safer, shadowed, unreachable_levels
from .reach import asked_before_emergency, idle_options, most_asked, unreachable_questions
from .reading import Problem, RulesError
from .wording import wording

LONGEST_PATH = 20
LONGEST_TO_EMERGENCY = 6
MEDIAN_PATH = 14
EMERGENCY_SHARE = 1 / 20

Progress = Callable[[str, int, int], None]
"""Told the name of the step, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Report:
    """What the gate found, and the numbers for its certificate."""

    findings: tuple[Finding, ...]
    results: tuple[CaseResult, ...] = ()
    mutations: tuple[Mutation, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)
    crowd: Crowd | None = None
    diff: Diff | None = None

    @property
    def green(self) -> bool:
        return not any(finding.severity == ERROR for finding in self.findings)

    @property
    def guards(self) -> dict[str, tuple[str, ...]]:
        """For each rule the keys of the cases that would notice a change to it."""
        return guards(list(self.mutations))


def gate_files(
    questions: Document,
    rules: Document,
    signs: Document,
    cases: Document,
    prevalences: Prevalences | None = None,
    live: Ruleset | None = None,
    progress: Progress | None = None,
) -> Report:
    """The gate on files that may not even be whole: what cannot be read becomes a finding."""
    try:
        ruleset = parse(questions, rules, signs, cases)
    except RulesError as error:
        return Report(tuple(_unread(problem) for problem in error.problems))
    return gate(ruleset, prevalences, live, progress)


def _unread(problem: Problem) -> Finding:
    kind = {"questions": "question", "rules": "rule", "signs": "sign", "cases": "case"}
    where = (kind.get(problem.kind, problem.kind), problem.key)
    return Finding("references", ERROR, where, problem.reason)


def gate(
    ruleset: Ruleset,
    prevalences: Prevalences | None = None,
    live: Ruleset | None = None,
    progress: Progress | None = None,
) -> Report:
    """Everything but the reading grade and the source keys, which the site knows about."""
    tell = progress or (lambda step, done, of: None)
    tell("proof", 0, 1)
    findings = [*wording(ruleset), *proved(ruleset), *_lengths(ruleset)]
    results = []
    for number, case in enumerate(ruleset.cases, 1):
        results.append(walk(ruleset, case))
        tell("cases", number, len(ruleset.cases))
    found = mutations(ruleset, lambda done, of: tell("mutations", done, of))
    people = None if prevalences is None else _crowd(ruleset, prevalences, findings)
    findings += [*_cases(results), *_unguarded(ruleset, found)]
    return Report(
        findings=tuple(findings),
        results=tuple(results),
        mutations=tuple(found),
        numbers=_numbers(ruleset, results, found),
        crowd=people,
        diff=None if live is None else diff(live, ruleset),
    )


def proved(ruleset: Ruleset) -> Iterator[Finding]:
    """All that is proved over the whole answer space."""
    for lowered in not_monotone(ruleset):
        yield _lowered(ruleset, "monotone", lowered)
    for lowered in not_sure_safer(ruleset):
        yield _lowered(ruleset, "not-sure", lowered)
    for rule in never_fires(ruleset):
        message = "It can never fire: it needs an answer to a question that is not asked then."
        yield Finding("reachable", ERROR, ("rule", rule.key), message)
    for rule in shadowed(ruleset):
        message = "It never counts: whenever it fires, other rules give the same level or a higher."
        yield Finding("shadowed", ERROR, ("rule", rule.key), message)
    for question in unreachable_questions(ruleset):
        message = "We found nobody who is asked this: no answer to it can change the advice."
        yield Finding("reachable", ERROR, ("question", question.key), message)
    for question, option in idle_options(ruleset):
        message = f"The answer '{option.text}' changes nothing: no rule and no sign uses it."
        yield Finding("reachable", ERROR, ("question", question.key), message)
    for level in unreachable_levels(ruleset):
        message = f"Nobody can be given the level '{LEVEL_WORDS[level]}'."
        yield Finding("reachable", ERROR, ("ruleset", level.key), message)


def _lowered(ruleset: Ruleset, check: str, lowered: Lowered) -> Finding:
    question = lowered.question
    answer, worse = question.option(lowered.answer).text, question.option(lowered.worse).text
    message = (
        f"'{worse}' can be safer than '{answer}': {somebody(ruleset, lowered.answers)} "
        f"is at least '{LEVEL_WORDS[lowered.level]}' with '{answer}', but lower with '{worse}'."
    )
    return Finding(check, ERROR, ("question", question.key), message)


def _lengths(ruleset: Ruleset) -> Iterator[Finding]:
    longest = most_asked(ruleset)
    if longest > LONGEST_PATH:
        message = f"A patient could be asked {longest} questions. The most is {LONGEST_PATH}."
        yield Finding("length", ERROR, ("ruleset", "longest"), message)
    for key, count in asked_before_emergency(ruleset).items():
        if count > LONGEST_TO_EMERGENCY:
            message = (
                f"Up to {count} questions are asked before this emergency is given. "
                f"The most is {LONGEST_TO_EMERGENCY}."
            )
            yield Finding("length", ERROR, ("rule", key), message)


def _cases(results: list[CaseResult]) -> Iterator[Finding]:
    if not results:
        yield Finding("cases", ERROR, ("ruleset", "cases"), "No case guards this ruleset.")
        return
    for result in results:
        yield from _case(result)
    middle = median(result.asked for result in results)
    if middle > MEDIAN_PATH:
        message = f"The middle case is asked {middle:g} questions. The most is {MEDIAN_PATH}."
        yield Finding("length", ERROR, ("ruleset", "median"), message)


def _case(result: CaseResult) -> Iterator[Finding]:
    where = ("case", result.case.key)
    got, right = LEVEL_WORDS[result.level], LEVEL_WORDS[result.case.level]
    if result.verdict in ("over", "under"):
        message = f"The advice is '{got}', but '{right}' is right: {result.verdict}-triaged."
        yield Finding("cases", ERROR, where, message)
    if not result.cause_ok and result.level < Level.EMERGENCY:
        named = ", ".join(result.causes) or "none"
        wanted = ", ".join(result.case.causes) or "none"
        message = f"The causes that fit are {named}. Right would be {wanted}."
        yield Finding("causes", WARNING, where, message)


def _unguarded(ruleset: Ruleset, found: list[Mutation]) -> Iterator[Finding]:
    for mutation in found:
        if mutation.missed:
            example = somebody(ruleset, mutation.example or ())
            message = f"No case checks this: {mutation.mutant.words}. It concerns {example}."
            yield Finding("guarded", ERROR, ("rule", mutation.mutant.rule.key), message)


def _crowd(ruleset: Ruleset, prevalences: Prevalences, findings: list[Finding]) -> Crowd | None:
    try:
        people = crowd(ruleset, prevalences)
    except RulesError as error:
        findings += [_unread(problem) for problem in error.problems]
        return None
    share = people.share(Level.EMERGENCY)
    if share > EMERGENCY_SHARE:
        message = (
            f"{people.counts[Level.EMERGENCY]} of {people.people} people of the simulated crowd "
            "are sent to hospital at once. The most is 1 in 20."
        )
        findings.append(Finding("crowd", ERROR, ("ruleset", "crowd"), message))
    return people


def _numbers(
    ruleset: Ruleset, results: list[CaseResult], found: list[Mutation]
) -> dict[str, float]:
    return {
        "questions": len(ruleset.questions),
        "rules": len(ruleset.rules),
        "signs": len(ruleset.signs),
        **totals(results),
        "longest_path": most_asked(ruleset),
        "longest_to_emergency": max(asked_before_emergency(ruleset).values(), default=0),
        "median_path": median(r.asked for r in results) if results else 0,
        "mutations": len(found),
        "equivalent": sum(mutation.equivalent for mutation in found),
        "caught": sum(bool(mutation.guards) for mutation in found),
    }

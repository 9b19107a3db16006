"""The whole gate: the engine's proofs, and what only the site knows (sources, reading grade)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.engine import RulesError, Ruleset, gate_files, parse
from checker.engine.crowd import Prevalences
from checker.engine.findings import ERROR, WARNING, Finding
from checker.engine.gate import Progress, Report
from checker.engine.gate import gate as engine_gate
from library.models import CausePage, Source
from library.readability import measure

MAX_GRADE = 6.0


@dataclass(frozen=True)
class GateReport:
    """What the gate found. ``engine`` holds cases, mutations, crowd and diff."""

    engine: Report
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not self.failures

    @property
    def failures(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == ERROR]

    def as_dict(self) -> dict[str, Any]:
        """The certificate: numbers, and what was found short of a failure."""
        return {
            "passed": self.passed,
            "numbers": self.engine.numbers,
            "findings": [
                {
                    "check": finding.check,
                    "severity": finding.severity,
                    "where": list(finding.where),
                    "message": finding.message,
                }
                for finding in self.findings
            ],
        }


def run_gate_on(
    documents: dict[str, Any],
    prevalences: Prevalences | None = None,
    live: Ruleset | None = None,
    progress: Progress | None = None,
) -> GateReport:
    """The gate on documents that may not be whole: what cannot be read becomes a finding."""
    try:
        ruleset = parse(**documents)
    except RulesError:
        report = gate_files(**documents)
        return GateReport(report, report.findings)
    return run_gate(ruleset, prevalences, live, progress)


def run_gate(
    ruleset: Ruleset,
    prevalences: Prevalences | None = None,
    live: Ruleset | None = None,
    progress: Progress | None = None,
) -> GateReport:
    """Everything that must hold before the public may see these rules."""
    report = engine_gate(ruleset, prevalences, live, progress)
    ours = (_source_findings, _reading_findings, _page_findings)
    found = [finding for check in ours for finding in check(ruleset)]
    return GateReport(report, (*report.findings, *found))


def _source_findings(ruleset: Ruleset) -> Iterator[Finding]:
    known = set(Source.objects.values_list("key", flat=True))
    for kind, items in (("rule", ruleset.rules), ("sign", ruleset.signs)):
        for item in items:
            for key in item.sources:
                if key not in known:
                    message = f"It cites the source “{key}”, which the library does not have."
                    yield Finding("sourced", ERROR, (kind, item.key), message)


def _reading_findings(ruleset: Ruleset) -> Iterator[Finding]:
    for question in ruleset.questions:
        grade = measure(question.text).grade
        if grade > MAX_GRADE:
            message = (
                f"Reading grade {grade:.1f}. Shorter words and sentences: at most {MAX_GRADE:g}."
            )
            yield Finding("reading", ERROR, ("question", question.key), message)


def _page_findings(ruleset: Ruleset) -> Iterator[Finding]:
    """No error: a cause without a page is still named to the patient, only without a link."""
    pages = set(CausePage.objects.live().values_list("slug", flat=True))
    for cause in ruleset.causes:
        if cause.page not in pages:
            message = f"The library has no published page “{cause.page}” about it."
            yield Finding("pages", WARNING, ("cause", cause.key), message)


def sentence(finding: Finding) -> str:
    """A finding in one line, for the console and for refusals."""
    kind, key = finding.where
    return f"{kind} {key}: {finding.message}"

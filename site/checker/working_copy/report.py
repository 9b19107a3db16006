"""What the gate says of the working copy, kept until the next change.

The report is plain data with every sentence in it, so that the workbench and a proposal can show
later what was found at the time.
"""

from typing import Any

from django.utils import timezone

from checker.engine import Ruleset, parse
from checker.engine.gate import Progress
from checker.gate import GateReport, run_gate_on
from checker.models import Release, WorkingCopy
from checker.models.release import digest_of
from checker.releases import checked_rules
from checker.working_copy.documents import crowd_of, documents_of
from checker.working_copy.sentences import diff_lines

Report = dict[str, Any]


def current_report(working_copy: WorkingCopy, progress: Progress | None = None) -> Report:
    """The gate's report on the working copy as it is now. Runs the gate only after a change."""
    documents, crowd = documents_of(working_copy), crowd_of(working_copy)
    live = working_copy.checker.live
    digest = digest_of({"rules": documents, "crowd": crowd, "live": live.digest if live else ""})
    if digest != working_copy.report_digest:
        working_copy.report = make_report(documents, crowd, live, progress)
        working_copy.report_digest, working_copy.reported = digest, timezone.now()
        WorkingCopy.objects.filter(pk=working_copy.pk).update(
            report=working_copy.report,
            report_digest=working_copy.report_digest,
            reported=working_copy.reported,
        )
    return working_copy.report


def make_report(
    documents: dict[str, Any],
    crowd: dict[str, Any],
    live: Release | None,
    progress: Progress | None = None,
) -> Report:
    """Run the gate and put all it found into plain data."""
    old = checked_rules(live) if live else None
    return _as_report(run_gate_on(documents, crowd or None, old, progress), documents, old)


def _as_report(gate: GateReport, documents: dict[str, Any], old: Ruleset | None) -> Report:
    engine = gate.engine
    whole = bool(engine.numbers)
    report: Report = {
        **gate.as_dict(),
        "whole": whole,
        "guards": {rule: list(cases) for rule, cases in engine.guards.items()},
        "cases": [result.as_dict() for result in engine.results],
        "crowd": None,
        "diff": diff_lines(engine.diff, old, parse(**documents)) if whole and old else [],
        "lowers": bool(engine.diff and engine.diff.lowered),
    }
    if engine.crowd is not None:
        counts = {level.key: count for level, count in engine.crowd.counts.items()}
        report["crowd"] = {"people": engine.crowd.people, "counts": counts}
    return report

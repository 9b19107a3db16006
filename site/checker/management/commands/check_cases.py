import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checker.engine import CaseResult, RulesError, UnknownAnswer, parse_cases, totals, walk
from checker.files import FilesUnreadable, read_toml
from checker.management.source import UNUSABLE, add_source_arguments, chosen_ruleset

SAYS = {
    "under": "UNDER-TRIAGED",
    "over": "over-triaged",
}


class Command(BaseCommand):
    help = (
        "Walk each case of a file through the real question flow and compare the level. "
        "Ends with 1 if any case is under-triaged, with 2 if the file cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A file of [[case]] tables.")
        parser.add_argument("--json", action="store_true", help="Print the results as JSON.")
        add_source_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        ruleset = chosen_ruleset(options)
        try:
            cases = parse_cases(read_toml(options["file"]), ruleset)
        except (FilesUnreadable, RulesError, UnknownAnswer) as error:
            raise CommandError(f"{options['file']}: {error}", returncode=UNUSABLE) from error
        if not cases:
            raise CommandError(
                f"{options['file']}: has no [[case]] to walk through.", returncode=UNUSABLE
            )
        results = [walk(ruleset, case) for case in cases]
        if options["json"]:
            self._print_json(results)
        else:
            self._print_text(results)
        under = sum(result.verdict == "under" for result in results)
        if under:
            raise CommandError(f"{under} of {len(results)} cases are under-triaged.")

    def _print_json(self, results: list[CaseResult]) -> None:
        report = {"totals": totals(results), "cases": [result.as_dict() for result in results]}
        self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))

    def _print_text(self, results: list[CaseResult]) -> None:
        for result in results:
            if result.verdict in SAYS:
                self.stdout.write(
                    f"{SAYS[result.verdict]}: {result.case.key}: "
                    f"expected {result.case.level.key}, got {result.level.key}"
                )
            if not result.cause_ok:
                wanted = ", ".join(result.case.causes) or "none of the causes"
                got = ", ".join(result.causes) or "none"
                self.stdout.write(f"cause missed: {result.case.key}: expected {wanted}, got {got}")
        counts = totals(results)
        self.stdout.write(
            f"{counts['cases']} cases: {counts['exact']} exact, {counts['accepted']} accepted, "
            f"{counts['under']} under-triaged, {counts['over']} over-triaged; "
            f"{counts['cause_ok']} with a right cause"
        )

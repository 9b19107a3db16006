import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checker.engine import parse
from checker.files import NAMES, FilesUnreadable, read_crowd, read_toml
from checker.gate import GateReport, run_gate_on, sentence
from checker.management.source import add_source_arguments, chosen_working_copy
from checker.releases import live_release
from checker.working_copy.documents import crowd_of, documents_of
from checker.working_copy.sentences import Line, diff_lines


class Command(BaseCommand):
    help = (
        "Run the whole gate over the working copy of a checker, or over a folder of files. Says "
        "what would change against the live release. Ends with an error if the gate is red."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_source_arguments(parser, default="working copy")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        name, self.documents, crowd = self._source(options)
        self.live = live_release(name)
        old = self.live.ruleset if self.live else None
        gate = run_gate_on(self.documents, crowd or None, old, self._progress)
        self.stderr.write("")
        if options["json"]:
            self.stdout.write(json.dumps(gate.as_dict(), indent=2, ensure_ascii=False))
        else:
            self._print(gate)
        if not gate.passed:
            raise CommandError(f"The gate is red: {len(gate.failures)} to mend.")

    def _differences(self, gate: GateReport) -> list[Line]:
        if self.live is None or not gate.engine.numbers:
            return []
        return diff_lines(gate.engine.diff, self.live.ruleset, parse(**self.documents))

    def _source(self, options: dict[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
        folder: Path | None = options["folder"]
        if folder is None:
            working_copy = chosen_working_copy(options)
            return (
                working_copy.checker.name,
                documents_of(working_copy),
                crowd_of(working_copy),
            )
        try:
            documents = {name: read_toml(folder / f"{name}.toml") for name in NAMES}
            return options["checker"] or folder.resolve().name, documents, read_crowd(folder)
        except FilesUnreadable as error:
            raise CommandError(str(error)) from error

    def _progress(self, step: str, done: int, of: int) -> None:
        """One line that is overwritten, so that a slow gate is seen to work."""
        self.stderr.write(f"\r{step}: {done}/{of}   ", ending="")
        self.stderr.flush()

    def _print(self, gate: GateReport) -> None:
        for finding in gate.findings:
            self.stdout.write(f"{finding.severity.upper()} {sentence(finding)}")
        for line in self._differences(gate):
            lower = "LOWER URGENCY " if line["lowered"] else ""
            self.stdout.write(
                f"{lower}“{line['who']}” was {line['before']}, would be {line['after']}"
            )
        for name, number in gate.engine.numbers.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {number:g}")
        if gate.passed:
            self.stdout.write(self.style.SUCCESS("The gate is green."))

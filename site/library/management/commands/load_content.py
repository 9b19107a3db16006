from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.loader.load import check_library, load_library
from library.loader.problems import ContentError
from library.loader.report import Report
from library.search.lexicon import bring_up_to_date


class Command(BaseCommand):
    help = (
        "Load the starter library from content/. Safe to run again: it says what it added, changed "
        "and left alone, and never overwrites a page that an editor has changed. One wrong file "
        "and nothing changes at all."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="root", type=Path, default=settings.CONTENT_DIR, help="content folder"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="read and check every file, and change nothing; needs no database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                files = check_library(options["root"])
                self.stdout.write(f"{len(files.pages)} pages and their sources are in order.")
            else:
                self._load(options["root"], quiet=options["verbosity"] < 1)
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"Nothing was loaded: {len(error.problems)} to mend (see above)."
            ) from error

    def _load(self, root: Path, *, quiet: bool) -> None:
        report = Report(tell=(lambda _line: None) if quiet else self.stdout.write)
        load_library(root, report)
        bring_up_to_date()
        if not quiet:
            self.stdout.write(report.summary())

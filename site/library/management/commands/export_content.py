from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.loader.export import UNCHANGED, export_library
from library.loader.problems import ContentError


class Command(BaseCommand):
    help = (
        "Write pages, sources and glossary from the database back to content files, so that a "
        "change made in the CMS can be reviewed in a pull request. What has not changed gives "
        "no difference. Only published words are written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            default=settings.CONTENT_DIR,
            help="folder to write to (the content folder itself unless another is named)",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; exit with an error if the content folder would change",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            export = export_library(
                Path(settings.CONTENT_DIR), options["to"], write=not options["check"]
            )
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError("Nothing was written: mend the content folder first.") from error
        for outcome, names in export.outcomes.items():
            for name in names if outcome != UNCHANGED else ():
                self.stdout.write(f"{outcome}: {name}")
        for problem in export.problems:
            self.stderr.write(f"Complete it before it is loaded: {problem}")
        counts = (f"{len(names)} {outcome}" for outcome, names in export.outcomes.items() if names)
        self.stdout.write(", ".join(counts))
        if options["check"] and export.differs:
            raise CommandError("The content folder does not say what the site says.")

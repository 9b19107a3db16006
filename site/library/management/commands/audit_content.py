import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.audit.checks import check_library
from library.audit.from_files import library_from_files
from library.audit.from_site import library_from_site
from library.audit.library import Library
from library.loader.problems import ContentError


class Command(BaseCommand):
    help = (
        "Check the words: answers, descriptions, sources, reading grade, urgent signs first, "
        "links, relations, figures. Each finding says where, why and how to mend it. Exits with "
        "an error if there is any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site",
            action="store_true",
            help="check the published pages in the database, not the content files",
        )
        parser.add_argument(
            "--from", dest="root", type=Path, default=settings.CONTENT_DIR, help="content folder"
        )
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        library = self._library(site=options["site"], root=options["root"])
        findings = check_library(library)
        if options["json"]:
            rows = [finding.as_dict() for finding in findings]
            self.stdout.write(json.dumps({"pages": len(library.pages), "findings": rows}, indent=2))
        else:
            for finding in findings:
                self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} to mend in {len(library.pages)} pages.")
        if not options["json"]:
            self.stdout.write(f"{len(library.pages)} pages checked, nothing to mend.")

    def _library(self, *, site: bool, root: Path) -> Library:
        try:
            return library_from_site() if site else library_from_files(root)
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError("The content files cannot be read (see above).") from error

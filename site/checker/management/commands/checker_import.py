from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from checker.files import FilesUnreadable, read_checker
from checker.models import Checker, WorkingCopy
from checker.models.release import digest_of
from checker.working_copy.documents import documents_of
from checker.working_copy.import_files import import_files
from library.loader.indexes import indexed_at_the_end


class Command(BaseCommand):
    help = (
        "Read a folder of checker files into the working copy. Visitors do not meet it: "
        "propose and approve a release in the admin for that."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Such as content/checkers/back-and-calf.")
        parser.add_argument("--checker", help="Name of the checker; else that of the folder.")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Also where the working copy holds changes that are not released.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].resolve()
        name = options["checker"] or folder.name
        try:
            with transaction.atomic(), indexed_at_the_end():
                title = read_checker(folder).title
                checker, _made = Checker.objects.get_or_create(name=name, defaults={"title": title})
                if not options["replace"] and _edited(checker):
                    raise CommandError(
                        "The working copy holds changes that are not released, and they would be "
                        "lost. Add --replace if that is what you want."
                    )
                import_files(folder, checker)
        except FilesUnreadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The working copy of “{name}” now says what {folder.name}/ says.")


def _edited(checker: Checker) -> bool:
    """Does the working copy differ from what visitors get?"""
    working_copy = WorkingCopy.objects.filter(checker=checker).first()
    if working_copy is None or checker.live is None:
        return working_copy is not None
    return digest_of(documents_of(working_copy)) != checker.live.digest

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from config.keeping import schema
from config.keeping.archive import KeepingError, saying_what_is_broken, verified
from config.keeping.backup import make_backup
from config.keeping.restore import is_in_use, restore


class Command(BaseCommand):
    help = (
        "Put a backup in the place of this site, or into a new and empty one. Works on SQLite and "
        "PostgreSQL, whichever the backup was made on, and while the site runs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that “manage.py backup” made")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="replace a site that is in use; it is saved in DATA_DIR/backups first",
        )
        parser.add_argument(
            "--without-copy", action="store_true", help="with --replace: do not save it first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with saying_what_is_broken(options["file"]):
                schema.state_of(verified(options["file"]))
            self.ready_for_rows(options["replace"], options["without_copy"])
            restore(options["file"], self.stdout.write)
        except (KeepingError, OSError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Restored. Everyone signs in again.")

    def ready_for_rows(self, replace: bool, without_copy: bool) -> None:
        """An up to date database, and no site in it that would be lost without a word."""
        if not schema.is_current(schema.applied()):
            self.stdout.write("Database …")
            call_command("migrate", interactive=False, verbosity=0)
        if not is_in_use():
            return
        if not replace:
            raise CommandError(
                "There are pages or accounts here already. Nothing was changed. "
                "To put the backup in their place: add --replace."
            )
        if not without_copy:
            name = f"before-restore-{timezone.now():%Y-%m-%dT%H%M%S}.tar.gz"
            copy = Path(settings.DATA_DIR) / "backups" / name
            make_backup(copy)
            self.stdout.write(f"What was here is saved: {copy}")

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.keeping.archive import DATABASE, MEDIA, KeepingError
from config.keeping.backup import make_backup
from config.keeping.rotation import rotate

PATTERN = "causeway-*.tar.gz"


class Command(BaseCommand):
    help = (
        "Save everything that the site keeps (database, media, releases) in one file, while the "
        "site runs. The file is restored on trial before it gets its name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="where to; unless named, a file named after the time in DATA_DIR/backups",
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="afterwards delete all but the newest N backups that were named after their time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number from 1.")
        name = f"causeway-{timezone.now():%Y-%m-%dT%H%M%S}.tar.gz"
        path: Path = options["file"] or settings.DATA_DIR / "backups" / name
        try:
            manifest = make_backup(path)
        except (KeepingError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        parts = manifest["parts"]
        count = sum(part["rows"] for name, part in parts.items() if name.startswith(DATABASE))
        files = sum(name.startswith(MEDIA) for name in parts)
        self.stdout.write(f"{path}: {count} rows and {files} files, restored on trial.")
        for missing in manifest["missing_media"]:
            self.stderr.write(f"Not in it, because it is not in the media: {missing}")
        if keep is not None:
            for old in rotate(path.parent, PATTERN, keep):
                self.stdout.write(f"Deleted: {old}")

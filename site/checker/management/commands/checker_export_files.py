from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checker.management.source import chosen_working_copy
from checker.working_copy.export_files import export_files


class Command(BaseCommand):
    help = "Write the working copy of a checker as files, the same bytes for the same rules."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Such as content/checkers/back-and-calf.")
        parser.add_argument("--checker", help="Name of the checker, where there is more than one.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; end with an error if they differ."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        files = export_files(chosen_working_copy(options))
        changed = [name for name, text in files.items() if not _holds(folder / name, text)]
        if options["check"]:
            if changed:
                raise CommandError(f"These files differ: {', '.join(changed)}")
            self.stdout.write("The files are the same as the working copy.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in changed:
            (folder / name).write_text(files[name], encoding="utf-8", newline="\n")
        self.stdout.write(f"Changed: {', '.join(changed) or 'nothing'}")


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()

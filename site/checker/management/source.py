"""Which rules a command reads: the live release, the working copy, or a folder of files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from checker.engine import Ruleset
from checker.files import FilesUnreadable, read_checker
from checker.models import Checker, WorkingCopy
from checker.releases import live_release

UNUSABLE = 2
"""Exit code where a file or the database cannot be used; 1 is kept for under-triaged cases."""


def add_source_arguments(parser: CommandParser, default: str = "live release") -> None:
    parser.add_argument(
        "--from", dest="folder", type=Path, help=f"Read this folder instead of the {default}."
    )
    parser.add_argument("--checker", help="Name of the checker, where there is more than one.")


def chosen_ruleset(options: dict[str, Any]) -> Ruleset:
    """Raises CommandError with what to do where there is nothing to read."""
    if options["folder"]:
        try:
            return read_checker(options["folder"])
        except FilesUnreadable as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
    name = chosen_checker(options).name
    release = live_release(name)
    if release is None:
        raise CommandError(
            f"Checker “{name}” has no live release. Run manage.py load_content.",
            returncode=UNUSABLE,
        )
    return release.ruleset


def chosen_checker(options: dict[str, Any]) -> Checker:
    checkers = {checker.name: checker for checker in _checkers()}
    name = options["checker"] or (next(iter(checkers)) if len(checkers) == 1 else None)
    if name not in checkers:
        found = ", ".join(checkers) or "none; run manage.py load_content first"
        raise CommandError(
            f"Say which checker with --checker (there is: {found}).", returncode=UNUSABLE
        )
    return checkers[name]


def _checkers() -> list[Checker]:
    try:
        return list(Checker.objects.order_by("name"))
    except (OperationalError, ProgrammingError) as error:  # as SQLite says it, as PostgreSQL does
        raise CommandError(
            "The database is not set up yet. Run manage.py migrate and manage.py load_content, "
            "or name a folder with --from.",
            returncode=UNUSABLE,
        ) from error


def chosen_working_copy(options: dict[str, Any]) -> WorkingCopy:
    checker = chosen_checker(options)
    working_copy = WorkingCopy.objects.select_related("checker").filter(checker=checker).first()
    if working_copy is None:
        raise CommandError(f"“{checker.name}” has no working copy. Run manage.py checker_import.")
    return working_copy

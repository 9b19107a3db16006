"""Backups of an older version: brought up to date on the side, by the migrations themselves."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.keeping import archive, rows, schema
from config.keeping.archive import KeepingError, Manifest
from config.keeping.backup import write_parts
from config.keeping.load import load


@contextmanager
def rewritten(
    path: Path, is_current: bool, tell: Callable[[str], None]
) -> Iterator[tuple[Path, Manifest]]:
    """The backup itself, or one of the same rows as this version keeps them."""
    if is_current:
        yield path, archive.verified(path)
        return
    tell(_("This backup is of an older version. Its rows are brought up to date first …"))
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".older-") as folder:
        newer = Path(folder) / "rows.tar.gz"
        _in_a_process_of_its_own(path, newer)
        yield newer, archive.verified(newer)


def _in_a_process_of_its_own(old: Path, newer: Path) -> None:
    """Migrations, Wagtail's among them, write to the default database: it has to be another."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{newer.with_suffix('.sqlite3')}",
        "PYTHONPATH": str(settings.BASE_DIR / "site"),
    }
    environment.pop("CACHE_URL", None)  # what readers are shown has not changed yet
    command = [sys.executable, "-m", "config.keeping.older", str(old), str(newer)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise KeepingError(
            _("The rows of the backup could not be brought up to date. Nothing was changed.\n")
            + done.stderr.strip().rpartition("\n")[2]
        )


def last_of(state: schema.State, nodes: dict[tuple[str, str], Any]) -> schema.State:
    """The migrations after which no other of that state comes; they bring all others along."""
    there = set(state)
    return [key for key in state if not there & {child.key for child in nodes[key].children}]


def rewrite(old: Path, newer: Path) -> None:
    """The way of the rows through an empty database: old schema, rows, every migration since."""
    manifest = archive.verified(old)
    state = schema.state_of(manifest)
    executor = MigrationExecutor(connection)
    executor.migrate(last_of(state, executor.loader.graph.node_map))
    registry = schema.registry(state)
    with transaction.atomic():
        rows.empty(connection, rows.tables(registry).values())
        load(connection, registry, old, manifest, {})
    call_command("migrate", interactive=False, verbosity=0)
    with archive.writing(newer) as writer:
        writer.finish(write_parts(writer, with_files=False))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    rewrite(Path(sys.argv[1]), Path(sys.argv[2]))

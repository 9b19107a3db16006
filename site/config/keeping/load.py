"""Puts the rows of a backup into a database, and reads them again before it says that they are."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.apps.registry import Apps
from django.db import DatabaseError, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext as _

from config.keeping import archive, rows, schema
from config.keeping.archive import DATABASE, KeepingError, Manifest

#: Files that had to get another name, because another file has theirs.
Renamed = dict[str, str]


def check(path: Path) -> None:
    """Restore the rows into a database that is thrown away. Raises KeepingError."""
    manifest = archive.verified(path)
    registry = schema.registry(schema.state_of(manifest))
    folder = archive.trial_folder(path)
    folder.mkdir(mode=0o700)
    place = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "restored.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;"},
    }
    trial = ConnectionHandler({"default": place})["default"]
    try:
        with trial.schema_editor() as editor:
            for model in rows.tables(registry).values():
                if not model._meta.auto_created:
                    editor.create_model(model)
            editor.deferred_sql.clear()  # indexes: nobody will look anything up here
        trial.disable_constraint_checking()  # rows come in any order; all are checked at the end
        load(trial, registry, path, manifest, {})
    except DatabaseError as error:
        raise KeepingError(
            _("The backup could not be restored on trial, so it was not kept: %(error)s")
            % {"error": error}
        ) from error
    finally:
        trial.close()
        shutil.rmtree(folder, ignore_errors=True)


def load(
    connection: BaseDatabaseWrapper,
    registry: Apps,
    path: Path,
    manifest: Manifest,
    renamed: Renamed,
) -> None:
    """Fill empty tables. Everything is read back and compared before this returns."""
    tables = rows.tables(registry)
    for part, content in archive.parts(path):
        if part.startswith(DATABASE):
            name = part.removeprefix(DATABASE).removesuffix(".jsonl")
            columns = manifest["parts"][part]["columns"]
            lines = rows.Hashed(
                _with_names(io.TextIOWrapper(content), tables[name], columns, renamed)
            )
            rows.write(connection, tables[name], columns, lines)
            if rows.meaning(rows.read(connection, tables[name], columns)) != lines.meaning():
                raise KeepingError(
                    _("What was restored into %(table)s is not what was saved.") % {"table": name}
                )
    connection.check_constraints()


def file_columns(model: rows.Model) -> list[str]:
    """Columns whose values name files in the media."""
    return [c for c, kind in rows.columns(model).items() if isinstance(kind, models.FileField)]


def _with_names(
    lines: Iterator[str], model: rows.Model, columns: list[str], renamed: Renamed
) -> Iterator[str]:
    """The same rows; those of files that got another name say so."""
    places = [columns.index(column) for column in file_columns(model)]
    if not renamed or not places:
        yield from lines
        return
    for line in lines:
        values = json.loads(line)
        for place in places:
            values[place] = renamed.get(values[place], values[place])
        yield json.dumps(values, ensure_ascii=False) + "\n"

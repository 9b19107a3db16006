"""SQLite: rows by SELECT and INSERT, whole databases as copies of the file."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.db import connection

from loaded_once import DATABASE_FROM, digest, kept

#: Table → its columns and its rows.
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
_number = count(1)


def test_database() -> str:
    """In a file, so that the browser tests' server reads it from its own threads."""
    return str(Path(os.environ["DATA_DIR"]) / "test.sqlite3")


def _all_rows() -> Rows:
    """Columns and rows of every table. Full-text tables are left out: triggers keep them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "_fts" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def every_row() -> dict[str, list[Any]]:
    """All there is in the database, also what full-text search keeps."""
    with closing(sqlite3.connect(test_database())) as beside:
        tables = beside.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(beside.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in tables
        }


@contextmanager
def changed_rows() -> Iterator[Rows]:
    """Yields a dict that, at the end of the block, holds each table that the block changed."""
    before, changed = _all_rows(), {}
    yield changed
    changed.update({t: rows for t, rows in _all_rows().items() if rows != before[t]})


def put_rows(tables: Rows) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, (columns, rows) in tables.items():
            marks = ", ".join(["%s"] * len(columns))
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def keep_database() -> Path:
    whole = Path(os.environ["DATA_DIR"]) / f"kept-{next(_number)}.sqlite3"
    _copy(Path(test_database()), whole)
    return whole


def put_back(whole: Path) -> None:
    _copy(whole, Path(test_database()))


def _copy(source: Path, target: Path) -> None:
    """Overwrite one database with another, while others may have it open."""
    with (
        closing(sqlite3.connect(source, timeout=20)) as from_,
        closing(sqlite3.connect(target, timeout=20)) as to,
    ):
        from_.backup(to)


def migrated_once(migrate: Callable[[], None]) -> None:
    """Migrate an empty database, or begin from a copy of one with the same migrations.

    Migrating is gone through in either case; from the copy it finds nothing left to do.
    """
    with kept("database", digest(DATABASE_FROM, "migrations/*.py")) as path:
        if path.exists():
            copyfile(path, test_database())
            migrate()
        else:
            migrate()
            _copy(Path(test_database()), path)

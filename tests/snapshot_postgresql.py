"""PostgreSQL: rows by COPY in both directions, migrated databases as templates.

A whole database is put back by TRUNCATE, which other tables' references allow only for all of them
at once. In a test's transaction only those tables are written that differ from an empty site. In
either case with the number that each table counts on with.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection, connections, transaction

from loaded_once import DATABASE_FROM, digest, kept


@dataclass
class Rows:
    """Table → what COPY wrote of it; sequence → the number it gave last."""

    tables: dict[str, bytes] = field(default_factory=dict)
    sequences: dict[str, int | None] = field(default_factory=dict)


def test_database() -> str:
    return f"causeway_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def _tables(cursor: Any) -> list[str]:
    return connection.introspection.table_names(cursor)


def _take(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                rows.tables[table] = b"".join(bytes(block) for block in copy)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        rows.sequences = dict(cursor.fetchall())


def every_row() -> dict[str, list[Any]]:
    rows = Rows()
    _take(rows)
    return {name: sorted(text.splitlines()) for name, text in rows.tables.items()}


@contextmanager
def changed_rows() -> Iterator[Rows]:
    """Yields what, at the end of the block, holds each table that the block changed."""
    before, changed = Rows(), Rows()
    _take(before)
    yield changed
    _take(changed)
    for new, old in ((changed.tables, before.tables), (changed.sequences, before.sequences)):
        for name in [name for name, there in new.items() if there == old[name]]:
            del new[name]


def put_rows(rows: Rows) -> None:
    """Few tables with few rows: deleting those is much quicker than TRUNCATE of all."""
    with transaction.atomic(), connection.cursor() as cursor:
        _without_references(cursor)
        for table in rows.tables:
            cursor.execute(f'DELETE FROM "{table}"')
        _write(cursor, rows)


def _without_references(cursor: Any) -> None:
    """They are not looked at until all is written: the rows were right when they were kept."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    cursor.execute("SET LOCAL session_replication_role = replica")


def _write(cursor: Any, rows: Rows) -> None:
    for table, text in rows.tables.items():
        if text:
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(text)
    cursor.execute("SET LOCAL session_replication_role = origin")
    for name, last in rows.sequences.items():
        cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', last or 1, last is not None])


def keep_database() -> Rows:
    rows = Rows()
    _take(rows)
    return rows


def put_back(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _without_references(cursor)
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in _tables(cursor)))
        _write(cursor, rows)


def migrated_once(migrate: Callable[[], None]) -> None:
    """Migrate an empty database, or begin from a copy of one with the same migrations."""
    name = digest(DATABASE_FROM, "migrations/*.py")
    template = f"causeway_{name}"
    with (
        kept("postgresql", name),
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server,
    ):
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        server.execute(f'DROP DATABASE IF EXISTS "{test_database()}" WITH (FORCE)')
        if there.fetchone():
            server.execute(f'CREATE DATABASE "{test_database()}" TEMPLATE "{template}"')
            migrate()
        else:
            migrate()
            connections["default"].close_pool()
            connections.close_all()
            server.execute(f'CREATE DATABASE "{template}" TEMPLATE "{test_database()}"')

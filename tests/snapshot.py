"""Keeps rows and whole databases, so that the starter library is loaded once and not for each test.

Tests in a transaction begin on the whole database with or without it, as the one before left it.
Browser tests commit, so they get the *whole database* put back after each of them. What else many
tests want is kept as *rows*, which are written into their transaction.

How is another matter in each database: see the two modules beside this one.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from library import pieces

_kind = import_module(f"snapshot_{connection.vendor}")
Rows = _kind.Rows
changed_rows = _kind.changed_rows
keep_database = _kind.keep_database
every_row: Callable[[], dict[str, list[Any]]] = _kind.every_row
migrated_once: Callable[[Callable[[], None]], None] = _kind.migrated_once
test_database: Callable[[], str] = _kind.test_database


def rows_made_by(make: Callable[[], object]) -> Any:
    """What ``make`` puts into the database, which is as before when this ends."""
    with transaction.atomic():
        with changed_rows() as rows:
            make()
        transaction.set_rollback(True)
    return rows


def put_rows(rows: Any) -> None:
    """Make the tables hold these rows. Signals are not sent, so the cache is emptied."""
    _kind.put_rows(rows)
    cache.clear()
    pieces.forget()


def put_back(whole: Any) -> None:
    """Make the database what it was when this was kept, while others may have it open."""
    _kind.put_back(whole)
    cache.clear()
    pieces.forget()


class Ground:
    """What tests begin on: the database with or without the starter library."""

    def __init__(self, library_rows: Any, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        with blocker.unblock():
            without_library = keep_database()
            with transaction.atomic():
                put_rows(library_rows)
            self._wholes = {False: without_library, True: keep_database()}
        self.has_library = True
        self.put(False)

    def put(self, library: bool) -> None:
        """Whatever is there was not changed: transactions of tests leave nothing behind."""
        if library != self.has_library:
            self.put_back(library)

    def put_back(self, library: bool) -> None:
        with self._blocker.unblock():
            put_back(self._wholes[library])
        self.has_library = library

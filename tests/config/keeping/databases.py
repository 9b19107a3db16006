"""Databases that are thrown away: files of SQLite, or databases of the server of the tests."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection, connections

IS_SQLITE = connection.vendor == "sqlite"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def place(folder: Path, name: str) -> str:
    """Where a database of this name lies: a path, or its name on the server."""
    return str(folder / f"{name}.sqlite3") if IS_SQLITE else f"keeping_{WORKER}_{name}"


def address(place: str) -> str:
    """For DATABASE_URL."""
    if IS_SQLITE:
        return f"sqlite:///{place}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{place}").geturl()


def of_the_tests() -> str:
    """The one that this process works on. Nobody may have it open while it is copied."""
    if not IS_SQLITE:
        connections["default"].close_pool()
    connections.close_all()
    return str(connection.settings_dict["NAME"])


def copy(source: str, target: str) -> None:
    if IS_SQLITE:
        with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
            from_.backup(to)
        return
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

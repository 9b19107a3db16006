"""Rows as lines of JSON, the same from SQLite and from PostgreSQL.

Rows are read and written as they lie in their tables, beneath models' ``save`` and signals: a
restored release, sign-off or date has to be the one that was saved, not one made today.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

Model = type[models.Model]
#: Emptied by a restore, never saved. Sessions: a backup shall open no account. The search index:
#: every database has its own, and it is made again from the pages.
NOT_SAVED = ("django_session", "wagtailsearch_indexentry")
_AT_ONCE = 500


def tables(registry: Apps) -> dict[str, Model]:
    """Every table that is saved, by name. The registry may be that of an older schema."""
    return {name: model for name, model in _all(registry).items() if name not in NOT_SAVED}


def emptied(registry: Apps) -> list[Model]:
    return [model for name, model in _all(registry).items() if name in NOT_SAVED]


def _all(registry: Apps) -> dict[str, Model]:
    found = (m for m in registry.get_models(include_auto_created=True) if m._meta.managed)
    # Tables that the full-text engine of SQLite keeps by itself belong to no field of ours.
    return {m._meta.db_table: m for m in sorted(found, key=lambda m: m._meta.db_table) if _plain(m)}


def _plain(model: Model) -> bool:
    return not model._meta.proxy and not model._meta.db_table.endswith("_fts")


def columns(model: Model) -> dict[str, Any]:
    return {str(field.column): _kind(field) for field in model._meta.local_concrete_fields}


def _kind(field: Any) -> Any:
    """The field that reads and writes the column, without what a model makes of its value."""
    while field.remote_field is not None:
        field = field.target_field
    return models.JSONField() if field.get_internal_type() == "JSONField" else field


def read(
    connection: BaseDatabaseWrapper, model: Model, names: list[str] | None = None
) -> Iterator[str]:
    """The rows of a table, one line each, in the order of their keys.

    ``names``: the columns in this order; a model of an older schema may have them in another.
    """
    table, all_kinds = model._meta.db_table, columns(model)
    kinds = {name: all_kinds[name] for name in names or all_kinds}
    quote = connection.ops.quote_name
    converters = [_converters(connection, table, kind) for kind in kinds.values()]
    key = str(model._meta.pk.column)
    sql = f"SELECT {', '.join(map(quote, kinds))} FROM {quote(table)} ORDER BY {quote(key)}"  # noqa: S608
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(_AT_ONCE):
            for row in rows:
                values = [convert(v) for convert, v in zip(converters, row, strict=True)]
                yield json.dumps(values, ensure_ascii=False, cls=_Encoder) + "\n"


class _Encoder(DjangoJSONEncoder):
    """Times with all their digits: Django's encoder cuts microseconds off."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def _converters(connection: BaseDatabaseWrapper, table: str, kind: Any) -> Any:
    column = Col(table, kind)
    found = [*connection.ops.get_db_converters(column), *kind.get_db_converters(connection)]

    def convert(value: Any) -> Any:
        for converter in found:
            value = converter(value, column, connection)
        return value

    return convert


def write(
    connection: BaseDatabaseWrapper, model: Model, names: list[str], lines: Iterable[str]
) -> int:
    """Add these rows to an empty table; ``names`` are the columns that the lines were made of."""
    kinds = columns(model)
    adapt = [kinds[name] for name in names]
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(names))
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} "  # noqa: S608
        f"({', '.join(map(quote, names))}) VALUES ({places})"
    )
    count, waiting = 0, iter(lines)
    with connection.cursor() as cursor:
        while some := list(islice(waiting, _AT_ONCE)):
            cursor.executemany(sql, [_adapted(connection, adapt, line) for line in some])
            count += len(some)
    return count


def _adapted(connection: BaseDatabaseWrapper, kinds: list[Any], line: str) -> list[Any]:
    values = zip(kinds, json.loads(line), strict=True)
    return [kind.get_db_prep_save(kind.to_python(value), connection) for kind, value in values]


def empty(connection: BaseDatabaseWrapper, found: Iterable[Model]) -> None:
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def count_on(connection: BaseDatabaseWrapper, found: Iterable[Model]) -> None:
    """New rows get keys after the restored ones; only PostgreSQL has to be told."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(sql)


class Hashed:
    """Lines that pass by, and one hash of what they say.

    Of what they say: PostgreSQL keeps the keys of JSON in an order of its own.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._digest = lines, hashlib.sha256()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._digest.update(json.dumps(json.loads(line), sort_keys=True).encode())
            yield line

    def meaning(self) -> str:
        return self._digest.hexdigest()


def meaning(lines: Iterable[str]) -> str:
    hashed = Hashed(lines)
    for _line in hashed:
        pass
    return hashed.meaning()

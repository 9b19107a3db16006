"""Notes which tables an answer was made from, without anybody having to say so.

Every query passes here. What belongs to pages (their tables, relations and children) counts as
pages; a query in which no table of ours is found counts as unknown, and any change makes such an
answer old.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from library import fresh

_QUOTED = re.compile(r'"(\w+)"')
_READS = re.compile(r"\s*\(?\s*(SELECT|WITH)\b", re.IGNORECASE)


@cache
def tables() -> dict[str, str]:
    """What each table counts as."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: counts_as(model) for model in models}


def counts_as(model: type[Model]) -> str:
    return fresh.PAGES if _of_pages(model) else model._meta.db_table


def _of_pages(model: type[Model]) -> bool:
    if issubclass(model, Page):
        return True
    if created := model._meta.auto_created:
        return isinstance(created, type) and issubclass(created, Page)
    return parent_key(model) is not None


def parent_key(model: type[Model]) -> str | None:
    """The field by which rows belong to a page and change only with it."""
    for field in model._meta.get_fields():
        if isinstance(field, ParentalKey) and issubclass(field.related_model, Page):
            return str(field.attname)
    return None


@lru_cache(maxsize=2000)
def _read_by(sql: str) -> tuple[frozenset[str], bool]:
    """What a query reads, and whether that is all known."""
    if not _READS.match(sql):
        return frozenset(), True
    known = tables()
    found = frozenset(known[name] for name in _QUOTED.findall(sql) if name in known)
    return found, bool(found)


def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    watch = fresh.current()
    if watch is not None and not watch.quiet:
        found, known = _read_by(str(sql))
        watch.tags |= found
        watch.unknown |= not known
    return execute(sql, params, many, context)


def _connected(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if note not in connection.execute_wrappers:
        connection.execute_wrappers.append(note)


def connect() -> None:
    """Called once, when the apps are ready."""
    connection_created.connect(_connected, dispatch_uid="kept-pages-reads")
    for connection in connections.all(initialized_only=True):
        _connected(connection)

"""The names of pages, one query for all page types: what ranking and spelling look at.

The statements are written out: six joined querysets cost more to put together than to run.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, PageViewRestriction

from library import fresh
from library.lines import split_lines
from library.models import CausePage, IndexPage, InfoPage, TipPage, TopicPage, TreatmentPage

#: Page type → what says its kind: a column or a word. Home is a way, not an answer.
_KINDS: dict[type[Page], str] = {
    TopicPage: "'topic'",
    CausePage: "s.role",
    TreatmentPage: "s.kind",
    TipPage: "s.kind",
    IndexPage: "'index'",
    InfoPage: "'info'",
}
MODELS = tuple(_KINDS)
#: How a cause shows itself, as the comparison table says it.
_SIGNS = "s.feels || ' ' || s.\"where\" || ' ' || s.worse || ' ' || s.swelling"
_COLUMNS = {
    model: f"""p.id, p.title, s.answer, s.also_known_as, {kind},
    {_SIGNS if model is CausePage else "''"}, p.url_path, p.slug
    FROM {model._meta.db_table} s JOIN wagtailcore_page p ON p.id = s.page_ptr_id"""
    for model, kind in _KINDS.items()
}


@dataclass(frozen=True)
class Entry:
    """A page as ranking sees it."""

    pk: int
    title: str
    answer: str
    also: tuple[str, ...]
    kind: str
    signs: str = ""
    url_path: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Readable:
    """Which rows of the page table (as ``p``) anybody may read, in the language asked for; and the
    key of each type of page."""

    sql: str
    params: tuple[Any, ...]
    types: Mapping[str, int]


def entries(found: Mapping[int, int], anybodys: Readable | None = None) -> list[Entry]:
    """These pages (key → content type), in one query that asks each type for its own only."""
    by_type = defaultdict(list)
    for pk, kind in found.items():
        by_type[kind].append(pk)
    parts, params, types = [], [], (anybodys or readable()).types
    for model in MODELS:
        if wanted := by_type.get(types[str(model._meta.model_name)]):
            parts.append(_select(model, f"p.id IN ({', '.join(['%s'] * len(wanted))})"))
            params += wanted
    return list(map(_entry, _rows(parts, params))) if parts else []


def every_entry(anybodys: Readable | None = None) -> Iterator[Entry]:
    """Every page that anybody may read."""
    where = anybodys or readable()
    parts = [_select(model, where.sql) for model in MODELS]
    yield from map(_entry, _rows(parts, [*where.params] * len(parts)))


def readable() -> Readable:
    """As it is now. A search asks once and hands it on: with nothing kept, each time is a query."""
    return fresh.kept(f"search-readable-{get_language()}", _readable)


def _readable() -> Readable:
    """All three in one query."""
    locales = Locale.objects.values_list(Value("locale"), "language_code", _text("pk"))
    ours = ContentType.objects.filter(app_label=CausePage._meta.app_label)
    types = ours.values_list(Value("type"), "model", _text("pk"))
    closed = PageViewRestriction.objects.values_list(Value("closed"), "page__path", Value(""))
    found = defaultdict[str, dict[str, str]](dict)
    for what, name, key in locales.order_by().union(types, closed.order_by(), all=True):
        found[what][name] = key
    sql, params = ["p.live", "p.locale_id = %s"], [_locale(found["locale"])]
    for path in found["closed"]:
        sql.append("p.path NOT LIKE %s")
        params.append(path + "%")
    keys = {name: int(key) for name, key in found["type"].items()}
    return Readable(" AND ".join(sql), tuple(params), keys)


def _text(name: str) -> Cast:
    return Cast(name, TextField())


def _locale(keys: Mapping[str, str]) -> Any:
    """As ``Locale.get_active``, which asks for it alone."""
    for language in (get_language(), settings.LANGUAGE_CODE):
        with suppress(LookupError):
            return int(keys[get_supported_content_language_variant(language)])
    raise Locale.DoesNotExist


def _select(model: type[Page], where: str) -> str:
    return f"SELECT {_COLUMNS[model]} WHERE {where}"


def _rows(parts: list[str], params: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        yield from iter(cursor.fetchone, None)


def _entry(row: tuple[Any, ...]) -> Entry:
    pk, title, answer, also, kind, signs, url_path, slug = row
    return Entry(pk, title, answer, tuple(split_lines(also)), kind, signs, url_path, slug)

"""The names of pages, one query for all page types: what ranking and spelling look at.

The statements are written out: six joined querysets cost more to put together than to run.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import get_language
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


def entries(found: Mapping[int, int]) -> list[Entry]:
    """These pages (key → content type), in one query that asks each type for its own only."""
    by_type = defaultdict(list)
    for pk, kind in found.items():
        by_type[kind].append(pk)
    parts, params = [], []
    for model in MODELS:
        if wanted := by_type.get(type_of(model)):
            parts.append(_select(model, f"p.id IN ({', '.join(['%s'] * len(wanted))})"))
            params += wanted
    return list(map(_entry, _rows(parts, params))) if parts else []


def every_entry() -> Iterator[Entry]:
    """Every page that anybody may read."""
    sql, params = readable()
    parts = [_select(model, sql) for model in MODELS]
    yield from map(_entry, _rows(parts, params * len(parts)))


def readable() -> tuple[str, list[Any]]:
    """Which rows of the page table (as ``p``) anybody may read, in the language asked for."""
    return fresh.kept(f"search-readable-{get_language()}", _readable)


def _readable() -> tuple[str, list[Any]]:
    sql, params = ["p.live", "p.locale_id = %s"], [_locale().pk]
    for path in PageViewRestriction.objects.values_list("page__path", flat=True).order_by():
        sql.append("p.path NOT LIKE %s")
        params.append(path + "%")
    return " AND ".join(sql), params


def type_of(model: type[Page]) -> int:
    return int(ContentType.objects.get_for_models(*MODELS)[model].pk)


def _select(model: type[Page], where: str) -> str:
    return f"SELECT {_COLUMNS[model]} WHERE {where}"


def _rows(parts: list[str], params: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        yield from iter(cursor.fetchone, None)


def _entry(row: tuple[Any, ...]) -> Entry:
    pk, title, answer, also, kind, signs, url_path, slug = row
    return Entry(pk, title, answer, tuple(split_lines(also)), kind, signs, url_path, slug)


def _locale() -> Locale:
    return Locale.get_active() if get_language() else Locale.get_default()

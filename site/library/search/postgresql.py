"""The index in PostgreSQL: weighted text vectors, with one GIN index on title and body together."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from wagtail.search.backends import get_search_backend

from library.search.index import MOST_CANDIDATES, Found, How, Phrases, Where

#: A word that stands on every page matches them all: only this many are scored.
_MOST_SCORED = 100
_VECTOR = "(e.title || e.body)"
#: Two halves, so that where a word is everywhere the pages that carry it in their names come first.
#: Where these are enough, all the others are not even looked up (LIMIT 0).
_SQL = """
    WITH asked AS MATERIALIZED (SELECT to_tsquery({config}%s) AS q),
    named AS (
        SELECT p.id, e.content_type_id AS kind, {vector} AS v
        FROM wagtailsearch_indexentry e, asked, wagtailcore_page p
        WHERE e.title @@ q AND p.id = e.object_id::integer AND {where} LIMIT %s
    ),
    told AS (
        SELECT p.id, e.content_type_id AS kind, {vector} AS v
        FROM wagtailsearch_indexentry e, asked, wagtailcore_page p
        WHERE {vector} @@ q AND p.id = e.object_id::integer AND {where}
        LIMIT %s - (SELECT count(*) FROM named)
    )
    SELECT id, kind FROM (SELECT * FROM named UNION ALL SELECT * FROM told) AS found, asked
    GROUP BY id, kind ORDER BY max(ts_rank(v, q, 1)) DESC, id LIMIT %s
"""
#: Asked for apart (MATERIALIZED), the words are unknown to the planner. Else, where it thinks them
#: common, it reads the whole table up to the limit instead of the index: seventy times slower.
_NAMED = """
    WITH asked AS MATERIALIZED (SELECT to_tsquery('simple', %s) AS q)
    SELECT id, kind FROM (
        SELECT p.id, e.content_type_id AS kind, e.autocomplete AS v, q
        FROM wagtailsearch_indexentry e, asked, wagtailcore_page p
        WHERE e.autocomplete @@ q AND p.id = e.object_id::integer AND {where} LIMIT %s
    ) AS found
    ORDER BY ts_rank(v, q, 1) DESC, id LIMIT %s
"""
#: What the index reads a word as, of those that were asked for (``unknown``): with an English
#: dictionary “foot” and “foots” are one, and to look for both takes twice as long.
_read_as: dict[str, str] = {}
_MOST_READ = 20_000
_BOUNDS = (_MOST_SCORED, MOST_CANDIDATES)
_BEGINS = """
    WITH asked AS MATERIALIZED (SELECT to_tsquery('simple', %s) AS q)
    SELECT p.id, e.content_type_id FROM wagtailsearch_indexentry e, asked, wagtailcore_page p
    WHERE e.autocomplete @@ q AND p.id = e.object_id::integer AND {where}
    LIMIT %s
"""


class PostgreSQLIndex:
    def find(self, every: list[Phrases], where: Where, how: How) -> Found:
        if how is not How.NAMES:  # names are stored as they are written
            every = [[list(map(_once, phrase)) for phrase in phrases] for phrases in every]
        concepts = (_any_of(_phrase(phrase) for phrase in phrases) for phrases in every)
        query = (" & " if how is How.ALL else " | ").join(concepts)
        if how is How.NAMES:
            return _ask(_NAMED.format(where=where.sql), [query, *where.params, *_BOUNDS])
        config, named = _config()
        sql = _SQL.format(config=config, vector=_VECTOR, where=where.sql)
        half = [*where.params, _MOST_SCORED]
        return _ask(sql, [*named, query, *half, *half, MOST_CANDIDATES])

    def begins(self, words: Sequence[str], where: Where) -> Found:
        *whole, last = words
        query = " & ".join([*map(_quoted, whole), _quoted(last) + ":*"])
        return _ask(_BEGINS.format(where=where.sql), [query, *where.params, MOST_CANDIDATES])

    def unknown(self, words: Sequence[str]) -> list[str]:
        config, named = _config()
        one = f"""EXISTS (SELECT 1 FROM wagtailsearch_indexentry e
            WHERE {_VECTOR} @@ to_tsquery({config}%s)), to_tsquery({config}%s)::text"""  # noqa: S608 - only names of our own
        params = [value for word in words for value in (*named, _quoted(word)) * 2]
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join([one] * len(words)), params)
            told = cursor.fetchone()
        if len(_read_as) > _MOST_READ:
            _read_as.clear()
        _read_as.update(zip(words, told[1::2], strict=True))
        return [word for word, found in zip(words, told[::2], strict=True) if not found]


def _once(forms: Sequence[str]) -> list[str]:
    """One form of each word that the index tells apart, the first."""
    return list({_read_as.get(form, form): form for form in reversed(forms)}.values())


def _ask(sql: str, params: list[Any]) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def _config() -> tuple[str, list[str]]:
    """The text configuration that Wagtail writes the index with."""
    config = get_search_backend().config
    return ("%s::regconfig, ", [config]) if config else ("", [])


def _phrase(phrase: list[Sequence[str]]) -> str:
    return "(" + " & ".join(_any_of(map(_quoted, forms)) for forms in phrase) + ")"


def _any_of(terms: Iterable[str]) -> str:
    return "(" + " | ".join(terms) + ")"


def _quoted(word: str) -> str:
    """Words are letters and digits only (``words.words``); quoted, none is an operator."""
    return f"'{word}'"

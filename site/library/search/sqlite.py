"""The index in SQLite: one full-text table of the columns autocomplete, body and title."""

from collections.abc import Iterable, Sequence

from django.db import connection

from library.search.index import MOST_CANDIDATES, Found, How, Phrases, Where

_FTS = "wagtailsearch_indexentry_fts"
#: ``autocomplete`` holds the title and the other names, ``body`` the answer and all the text.
_SCORE = f"bm25({_FTS}, 4.0, 1.0, 6.0)"
#: A word that stands on every page matches them all: only so many are scored and looked up. A score
#: costs time for each form of each word, so of a query with many forms fewer pages are scored.
_MOST_SCORED, _LEAST_SCORED, _FORMS_SCORED, _MOST_JOINED = 1500, 300, 40_000, 300
_SQL = f"""
    SELECT p.id, e.content_type_id FROM (
        SELECT r, s FROM (
            SELECT rowid AS r, {_SCORE} AS s FROM {_FTS} WHERE {_FTS} MATCH %s LIMIT %s
        ) ORDER BY s LIMIT {_MOST_JOINED}
    ) AS found
    JOIN wagtailsearch_indexentry e ON e.id = found.r
    JOIN wagtailcore_page p ON p.id = CAST(e.object_id AS INTEGER)
    WHERE {{where}} ORDER BY found.s LIMIT %s
"""  # noqa: S608 - only names and numbers of our own


class SQLiteIndex:
    def find(self, every: list[Phrases], where: Where, how: How) -> Found:
        concepts = [_any_of(_phrase(phrase) for phrase in phrases) for phrases in every]
        match = (" AND " if how is How.ALL else " OR ").join(concepts)
        return self._ask(f"autocomplete: ({match})" if how is How.NAMES else match, where)

    def begins(self, words: Sequence[str], where: Where) -> Found:
        *whole, last = words
        terms = [*map(_quoted, whole), _quoted(last) + "*"]
        return self._ask("autocomplete: (" + " AND ".join(terms) + ")", where)

    def unknown(self, words: Sequence[str]) -> list[str]:
        one = f"EXISTS (SELECT 1 FROM {_FTS} WHERE {_FTS} MATCH %s)"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join([one] * len(words)), [_quoted(w) for w in words])
            there = cursor.fetchone()
        return [word for word, found in zip(words, there, strict=True) if not found]

    def _ask(self, match: str, where: Where) -> Found:
        with connection.cursor() as cursor:
            params = [match, _scored(match), *where.params, MOST_CANDIDATES]
            cursor.execute(_SQL.format(where=where.sql), params)
            return dict(cursor.fetchall())


def _scored(match: str) -> int:
    """How many pages to score: every form stands between two quotes."""
    forms = max(1, match.count('"') // 2)
    return min(_MOST_SCORED, max(_LEAST_SCORED, _FORMS_SCORED // forms))


def _phrase(phrase: list[Sequence[str]]) -> str:
    return "(" + " AND ".join(_any_of(map(_quoted, forms)) for forms in phrase) + ")"


def _any_of(terms: Iterable[str]) -> str:
    return "(" + " OR ".join(terms) + ")"


def _quoted(word: str) -> str:
    """Words are letters and digits only (``words.words``); quoted, none is an operator."""
    return f'"{word}"'

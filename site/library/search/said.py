"""What the lexicon is made from besides the pages themselves, in one query.

The statement is written out, because its three parts have nothing in common but their columns.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from library.lines import split_lines
from library.search.synonyms import Stems
from library.search.words import stems

_SQL = """
    SELECT 'pages', CAST(COUNT(*) AS TEXT), CAST(MAX(last_published_at) AS TEXT),
        CAST(MAX(id) AS TEXT), '', CAST(NULL AS BIGINT) FROM "wagtailcore_page" WHERE live
    UNION ALL SELECT 'synonym', key, words, '', '', NULL FROM "library_searchsynonym"
    UNION ALL SELECT 'term', key, term, also, definition, page_id FROM "library_glossaryterm"
"""


@dataclass(frozen=True)
class Term:
    """A glossary term as search shows it."""

    key: str
    name: str
    definition: str
    names: tuple[Stems, ...]
    page: int | None = None


@dataclass(frozen=True)
class Said:
    """``stamp`` differs when a page, a synonym or a term has changed."""

    stamp: str
    pages: int
    groups: tuple[list[str], ...]
    terms: tuple[Term, ...]


def read() -> Said:
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        rows = sorted(cursor.fetchall(), key=lambda row: row[:3])
    stamp = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    pages = next(int(row[1]) for row in rows if row[0] == "pages")
    groups = tuple(split_lines(row[2]) for row in rows if row[0] == "synonym")
    terms = [_term(row) for row in rows if row[0] == "term"]
    return Said(stamp, pages, groups, tuple(sorted(terms, key=lambda term: term.name)))


def _term(row: Sequence[Any]) -> Term:
    _kind, key, name, also, definition, page = row
    names = (stems(one) for one in (_bare(name), name, *split_lines(also)))
    return Term(key, name, definition, tuple(dict.fromkeys(names)), page)


def _bare(name: str) -> str:
    """“Deep vein thrombosis (DVT)” without what stands in brackets."""
    return name.partition("(")[0]

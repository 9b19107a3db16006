"""Wagtail's search index, asked directly.

Through Wagtail's own query classes the score is a subquery for every match: at ten thousand pages
a common word takes seconds. One statement with MATCH, a score and a LIMIT takes milliseconds.
Both databases sit behind ``candidates``; what they return is ranked by ``ranking``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, Protocol

from django.db import connection
from wagtail.models import Page

from library.search.catalogue import Readable
from library.search.lexicon import Lexicon
from library.search.query import Concept
from library.search.synonyms import Stems
from library.search.words import forms

MOST_CANDIDATES = 40
_MOST_FORMS = 160

#: The forms that a concept may take in a text: any of these phrases, each of all of these words,
#: each word in any of these forms.
Phrases = list[list[Sequence[str]]]
#: Key of a page → its content type, the best first.
Found = dict[int, int]


@dataclass(frozen=True)
class Where:
    """A piece of SQL and what goes into it: which rows may be found."""

    sql: str
    params: tuple[Any, ...]


class How(Enum):
    """All concepts anywhere in a page; some of them in its names; some of them anywhere."""

    ALL = "all"
    NAMES = "names"
    SOME = "some"


class Index(Protocol):
    """What a database must be able to do."""

    def find(self, every: list[Phrases], where: Where, how: How) -> Found:
        """Pages with these concepts, the best first."""

    def begins(self, words: Sequence[str], where: Where) -> Found:
        """Pages whose names hold these words, the last as its first letters only."""

    def unknown(self, words: Sequence[str]) -> list[str]:
        """Those of these words that stand nowhere in the index."""


def index() -> Index:
    if connection.vendor == "postgresql":
        from library.search.postgresql import PostgreSQLIndex

        return PostgreSQLIndex()
    from library.search.sqlite import SQLiteIndex

    return SQLiteIndex()


def candidates(
    concepts: Sequence[Concept], models: Iterable[type[Page]], known: Lexicon, anybodys: Readable
) -> Found:
    """Pages that hold all concepts or are named by some; where those are few, hold some."""
    if not concepts:
        return {}
    where, store = _where(models, anybodys), index()
    asked = [_present(phrases, known) for phrases in _spelt_out(concepts, store, known)]
    if not all(asked):  # a concept that no page holds, in any form
        asked = [phrases for phrases in asked if phrases]
        how = How.SOME
    else:
        how = How.ALL
    if not asked:
        return {}
    found = store.find(asked, where, how) | store.find(asked, where, How.NAMES)
    if how is How.ALL and len(asked) > 1 and len(found) < MOST_CANDIDATES // 4:
        found |= store.find(asked, where, How.SOME)
    return found


def beginning_with(words: Sequence[str], models: Iterable[type[Page]], anybodys: Readable) -> Found:
    """Pages with a name that holds these words, the last of which may be half typed."""
    return index().begins(words, _where(models, anybodys)) if words else {}


def _spelt_out(concepts: Sequence[Concept], store: Index, known: Lexicon) -> list[Phrases]:
    """Every form of every phrase, within a bound: no query can be made dear by long synonyms."""
    left = _MOST_FORMS
    asked: list[Phrases] = []
    for concept in concepts:
        allowed = max(left // (len(concepts) - len(asked)), 10)
        phrases: Phrases = []
        for number, phrase in enumerate(_distinct(concept.phrases)):
            many = 10 if number == 0 or len(concepts) < 4 else 4
            written: list[Sequence[str]] = [list(islice(forms(w), many)) for w in phrase]
            allowed -= sum(map(len, written))
            if phrases and allowed < 0:
                break
            phrases.append(written)
        left -= sum(len(word) for phrase in phrases for word in phrase)
        asked.append(phrases)
    spelt = {form for phrases in asked for phrase in phrases for word in phrase for form in word}
    known.learn(spelt, store.unknown)
    return asked


def _distinct(phrases: Iterable[Stems]) -> Iterable[Stems]:
    """The same words in another order find the same pages. The words typed stay first."""
    found: dict[frozenset[str], Stems] = {}
    for phrase in phrases:
        found.setdefault(frozenset(phrase), phrase)
    return found.values()


def _present(phrases: Phrases, known: Lexicon) -> Phrases:
    """Without forms that stand nowhere: a score costs time for each form, be it found or not."""
    kept: list[list[Sequence[str]]] = [
        [[form for form in word if form not in known.absent] for word in phrase]
        for phrase in phrases
    ]
    return [phrase for phrase in kept if all(phrase)]


def _where(models: Iterable[type[Page]], anybodys: Readable) -> Where:
    """Pages of these types that anybody may read."""
    types = [anybodys.types[str(model._meta.model_name)] for model in models]
    marks = ", ".join(["%s"] * len(types))
    sql = f"e.content_type_id IN ({marks}) AND {anybodys.sql}"
    return Where(sql, (*types, *anybodys.params))

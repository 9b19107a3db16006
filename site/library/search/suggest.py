"""Names that begin with what has been typed so far."""

from collections.abc import Iterator

from django.core.cache import cache

from library import fresh
from library.search.catalogue import MODELS, Entry, Readable, entries, readable
from library.search.index import beginning_with
from library.search.lexicon import lexicon
from library.search.query import shortened
from library.search.words import words

FEWEST_LETTERS = 2
MOST = 8
_GOOD_FOR = 60


def suggestions(text: str) -> list[str]:
    """At most eight names of pages, those first that begin as typed."""
    typed = words(shortened(text))
    if sum(map(len, typed)) < FEWEST_LETTERS:
        return []
    anybodys = readable()
    stamp = f"{lexicon(anybodys).stamp[:12]}-{fresh.number(fresh.PAGES)}"
    key = f"search-suggest-{stamp}-{'-'.join(typed)}".encode().hex()[:200]
    kept: list[str] | None = cache.get(key)
    if kept is None:
        kept = _names(typed, anybodys)
        cache.set(key, kept, _GOOD_FOR)
    return kept


def _names(typed: list[str], anybodys: Readable) -> list[str]:
    order = beginning_with(typed, MODELS, anybodys)
    by_key = {entry.pk: entry for entry in entries(order, anybodys)}
    found = [by_key[pk] for pk in order if pk in by_key]
    names = dict.fromkeys(name for entry in found for name in _fitting(entry, typed))
    begin = " ".join(typed)
    return sorted(names, key=lambda name: not " ".join(words(name)).startswith(begin))[:MOST]


def _fitting(entry: Entry, typed: list[str]) -> Iterator[str]:
    *whole, last = typed
    for name in (entry.title, *entry.also):
        said = words(name)
        if set(whole) <= set(said) and any(word.startswith(last) for word in said):
            yield name

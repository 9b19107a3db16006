"""What search knows of the library's words: how common they are, which mean the same, the glossary.

Kept in the process, because every search reads it and it is made from every page's names. A token
in the cache says that it is still good. An editor's change takes the token away (everywhere, if
the cache is shared), and after a minute it is compared with the database in any case.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import log

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.functional import cached_property
from wagtail.signals import page_published, page_unpublished

from library import fresh
from library.models import GlossaryTerm, SearchSynonym
from library.search import kept_counts
from library.search.catalogue import Readable, every_entry
from library.search.counts import WordCounts, count
from library.search.said import Said, Term, read
from library.search.spelling import Speller
from library.search.synonyms import Thesaurus
from library.search.words import stem, words

GOOD_FOR = 60
_MOST_LEARNT = 20_000
_KEY = "search-lexicon"
_MADE_FROM = (fresh.PAGES, SearchSynonym._meta.db_table, GlossaryTerm._meta.db_table)


@dataclass(frozen=True)
class Lexicon:
    stamp: str
    pages: int
    frequency: Counter[str]
    spoken: Counter[str]
    thesaurus: Thesaurus
    terms: tuple[Term, ...]
    conditions: tuple[str, ...]
    present: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)

    def weight(self, word: str) -> float:
        """How much a stem tells: rare ones tell more."""
        return log(1 + max(self.pages, 1) / (1 + self.frequency[word]))

    def learn(self, forms: set[str], unknown: Callable[[list[str]], list[str]]) -> None:
        """Ask once which of these stand anywhere in the index, and remember it."""
        if len(self.present) + len(self.absent) > _MOST_LEARNT:
            self.present.clear()
            self.absent.clear()
        new = sorted(forms - self.present - self.absent)
        if new:
            absent = set(unknown(new))
            self.absent.update(absent)
            self.present.update(set(new) - absent)

    def knows(self, word: str) -> bool:
        return word in self.spoken or stem(word) in self.frequency

    @cached_property
    def speller(self) -> Speller:
        return Speller(self.spoken)


_kept: tuple[str, Lexicon] | None = None


def lexicon(anybodys: Readable | None = None) -> Lexicon:
    """The lexicon of the library as it is now, or as it was a minute ago in another process.

    Of a large library it may lag behind for the seconds that counting takes (``kept_counts``).
    """
    global _kept
    kept, key = _kept, _key()
    if kept is not None and cache.get(key) == kept[0]:
        return kept[1]
    said = read()
    if kept is not None and kept[1].stamp == said.stamp:
        known = kept[1]
    elif said.pages <= kept_counts.SMALL:
        known = _build(said, count(said.stamp, every_entry(anybodys)))
    else:
        known = _known_so_far(said, kept)
    token = cache.get_or_set(key, secrets.token_hex(8), GOOD_FOR)
    _kept = (str(token), known)
    return known


def _known_so_far(said: Said, kept: tuple[str, Lexicon] | None) -> Lexicon:
    """Of a large library: what was counted last. If that is old, somebody counts meanwhile."""
    if kept is None:
        stored = kept_counts.read()
        if stored.stamp == said.stamp:
            return _build(said, stored)
    kept_counts.renew_beside(said.stamp, _take)
    return kept[1] if kept is not None else _build(said, stored)


def _take(counts: WordCounts) -> None:
    """Called beside the visitors: they get the new lexicon when all of it is made."""
    global _kept
    known = _build(read(), counts)
    known.speller  # noqa: B018 - made here, not in the request with the first misspelt word
    _kept = (str(cache.get_or_set(_key(), secrets.token_hex(8), GOOD_FOR)), known)


def bring_up_to_date() -> None:
    """Before the site starts: count the words of a large library, if nobody has yet."""
    said = read()
    if said.pages > kept_counts.SMALL and kept_counts.read().stamp != said.stamp:
        kept_counts.renew(said.stamp)


def _key() -> str:
    return f"{_KEY}-{fresh.number(*_MADE_FROM)}"


def _build(said: Said, counts: WordCounts) -> Lexicon:
    spoken = counts.spoken.copy()
    _hear(spoken, (word for group in said.groups for word in group))
    _hear(spoken, (f"{term.name} {term.definition}" for term in said.terms))
    thesaurus, names = Thesaurus.of(said.groups), counts.conditions
    return Lexicon(
        counts.stamp, counts.pages, counts.frequency, spoken, thesaurus, said.terms, names
    )


def _hear(spoken: Counter[str], texts: Iterable[str]) -> None:
    spoken.update(word for text in texts for word in words(text))


@receiver([post_save, post_delete], sender=SearchSynonym, dispatch_uid="search-lexicon-synonym")
@receiver([post_save, post_delete], sender=GlossaryTerm, dispatch_uid="search-lexicon-term")
def forget(**_kwargs: object) -> None:
    """The next search compares what it knows with the database."""
    cache.delete(_key())


for _signal in (page_published, page_unpublished):
    _signal.connect(forget, dispatch_uid="search-lexicon")

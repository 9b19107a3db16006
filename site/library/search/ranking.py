"""Which of the candidates answers best: the same for both databases, and explainable.

A page whose name is what was typed comes first, then names that hold it, then answers. Rare words
weigh more than common ones, the words typed more than those that only mean the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from library.search.catalogue import Entry
from library.search.lexicon import Lexicon
from library.search.query import Query
from library.search.synonyms import Stems, telling
from library.search.words import stems

_TITLE, _ALSO, _ANSWER = 5.0, 4.0, 2.0
_MEANS_THE_SAME = 0.6
_IS_THE_NAME = 9.0
#: A match in the text, beside the names, and at which place it counts half. Not much, and slowly
#: less: the databases do not agree on the order.
_TEXT, _HALF_AT = 1.5, 8
#: What is left of the score of a page that speaks of next to nothing that was typed.
_UNCOVERED = 0.4
#: Somebody with a symptom looks for what it may be before what one may do about it.
_KINDS = {
    "cause": 1.35, "look-alike": 1.3, "topic": 1.3, "medicine": 1.0, "procedure": 1.0, "care": 1.0,
    "exercise": 0.95, "habit": 0.95, "index": 0.9, "info": 0.8,
}  # fmt: skip


#: The stems of one of a page's names, and what a match in it is worth.
_Name = tuple[Set[str], float]


@dataclass(frozen=True)
class _Asked:
    """A concept as it is looked for: its phrases, and what each is worth beside the words typed."""

    weight: float
    phrases: tuple[tuple[Set[str], float], ...]


@dataclass(frozen=True)
class _Typed:
    """A query made ready once, to be compared with a hundred pages and all their names."""

    stems: frozenset[str]
    asked: tuple[_Asked, ...]
    total: float
    weight: Callable[[str], float]

    @classmethod
    def of(cls, query: Query, known: Lexicon) -> "_Typed":
        weight = cache(known.weight)
        asked = tuple(
            _Asked(
                max(map(weight, concept.own)),
                tuple(
                    (frozenset(phrase), 1.0 if phrase == concept.own else _MEANS_THE_SAME)
                    for phrase in concept.phrases
                ),
            )
            for concept in query.concepts
        )
        return cls(query.stems, asked, sum(one.weight for one in asked), weight)

    def likeness(self, name: Set[str]) -> float:
        """How nearly a name is what was typed: shared weight over the weight of both."""
        both = self.stems & name
        if not both:
            return 0.0
        either = sum(map(self.weight, self.stems | name))
        return _IS_THE_NAME * sum(map(self.weight, both)) / either if either else 0.0


def ranked(
    found: Sequence[Entry], order: Sequence[int], query: Query, known: Lexicon
) -> list[Entry]:
    """The best first. ``order`` is that of the database, which has read the whole text."""
    typed, explained = _Typed.of(query, known), _explained(query, known)
    place = {pk: number for number, pk in enumerate(order)}
    scores = {
        entry.pk: (
            _score(entry, typed, explained.get(entry.pk, []))
            + typed.total * _TEXT / (1 + place[entry.pk] / _HALF_AT)
        )
        * _KINDS.get(entry.kind, 1.0)
        for entry in found
    }
    return sorted(found, key=lambda entry: (-scores[entry.pk], place[entry.pk]))


def _explained(query: Query, known: Lexicon) -> dict[int, list[Stems]]:
    """Page → the glossary terms typed that it explains: as good as names of its own."""
    found: dict[int, list[Stems]] = defaultdict(list)
    for term in known.terms:
        if term.page:
            found[term.page] += [name for name in term.names if name and query.stems >= set(name)]
    return found


def _score(entry: Entry, typed: _Typed, explained: Iterable[Stems]) -> float:
    names: list[_Name] = [(_telling(entry.title), _TITLE)]
    names += [(_telling(name), _ALSO) for name in entry.also]
    names += [(frozenset(name), _ALSO) for name in explained]
    answer = frozenset(stems(f"{entry.answer} {entry.signs}"))
    worth = [(one.weight, _best(one, names, answer)) for one in typed.asked]
    score = sum(weight * best for weight, best in worth)
    covered = sum(weight for weight, best in worth if best)
    bare = _telling(entry.title.partition("(")[0])
    likeness = max(map(typed.likeness, (bare, *(name for name, _worth in names))))
    return score * (_UNCOVERED + (1 - _UNCOVERED) * covered / typed.total) + likeness


@lru_cache(maxsize=4_000)
def _telling(name: str) -> frozenset[str]:
    return frozenset(telling(stems(name)))


def _best(asked: _Asked, names: Iterable[_Name], answer: Set[str]) -> float:
    """The dearest place where the concept stands, in the words typed or in others."""
    best = 0.0
    for phrase, factor in asked.phrases:
        for name, worth in names:
            if phrase <= name:
                best = max(best, factor * worth)
        if phrase <= answer:
            best = max(best, factor * _ANSWER)
    return best

"""How common each word is: what the names and answers of all pages say, counted once.

Bounded, so that a worker's memory does not grow with the library: of a large one only the words
that are met most. A rarer word counts as new, which is nearly the same, and is still found: the
database knows it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from library.search.catalogue import Entry
from library.search.words import stem, words

MOST_WORDS = 12_000
_MOST_CONDITIONS = 80
_CONDITIONS = ("cause", "look-alike")
_A_STRETCH = 20


@dataclass(frozen=True)
class WordCounts:
    """On how many pages each word and each stem stands. ``stamp`` names the library counted."""

    stamp: str = ""
    pages: int = 0
    spoken: Counter[str] = field(default_factory=Counter)
    frequency: Counter[str] = field(default_factory=Counter)
    conditions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return vars(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "WordCounts":
        return cls(
            stamp=str(raw["stamp"]),
            pages=int(raw["pages"]),
            spoken=Counter(raw["spoken"]),
            frequency=Counter(raw["frequency"]),
            conditions=tuple(raw["conditions"]),
        )


def count(
    stamp: str, entries: Iterable[Entry], give_way: Callable[[], None] = lambda: None
) -> WordCounts:
    """``give_way`` is called every few pages: in a server, others want to work meanwhile."""
    spoken: Counter[str] = Counter()
    frequency: Counter[str] = Counter()
    conditions: dict[str, None] = {}
    pages = 0
    for entry in entries:
        pages += 1
        names = (entry.title, *entry.also)
        if entry.kind in _CONDITIONS and len(conditions) < _MOST_CONDITIONS:
            conditions.update(dict.fromkeys(names))
        heard = {word for text in (*names, entry.answer) for word in words(text)}
        spoken.update(heard)
        frequency.update({stem(word) for word in heard})
        if pages % _A_STRETCH == 0:
            give_way()
    return WordCounts(stamp, pages, _most(spoken), _most(frequency), tuple(conditions))


def _most(counted: Counter[str]) -> Counter[str]:
    return counted if len(counted) <= MOST_WORDS else Counter(dict(counted.most_common(MOST_WORDS)))

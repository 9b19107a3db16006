"""Groups of words that mean the same, found inside what somebody typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from library.search.words import STOP_WORDS, stem, stems

Stems = tuple[str, ...]
LONGEST = 5
MOST_ALTERNATIVES = 12


@dataclass(frozen=True)
class Thesaurus:
    """Phrase (as stems) → every phrase of its groups, itself left out."""

    meanings: dict[Stems, tuple[Stems, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> "Thesaurus":
        found: dict[Stems, dict[Stems, None]] = {}
        for group in groups:
            phrases = [stems(phrase) for phrase in group]
            for phrase in filter(None, phrases):
                found.setdefault(phrase, {}).update(dict.fromkeys(map(telling, phrases)))
        return cls({key: _others(key, value) for key, value in found.items()})

    def longest(self, tokens: Sequence[str], start: int) -> int:
        """How many tokens from ``start`` on are together a phrase of a group."""
        for size in range(min(LONGEST, len(tokens) - start), 0, -1):
            if tuple(tokens[start : start + size]) in self.meanings:
                return size
        return 0

    def words(self) -> set[str]:
        """Every stem that stands in a group."""
        return {word for phrase in self.meanings for word in phrase}


#: Inside a phrase these turn its meaning round: “no feeling” is not “feeling”.
_NOT = {"no", "not", "cant", "cannot", "without", "out"}
_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS - _NOT)


def telling(phrase: Stems) -> Stems:
    """A phrase without the words that every text has; all of it if nothing would be left."""
    return tuple(word for word in phrase if word not in _STOP_STEMS) or phrase


def _others(own: Stems, group: Iterable[Stems]) -> tuple[Stems, ...]:
    """The shortest first: where there are many, long phrases are the rare ones."""
    others = {phrase for phrase in group if phrase != telling(own)}
    return tuple(sorted(others, key=lambda phrase: (len(phrase), phrase))[:MOST_ALTERNATIVES])

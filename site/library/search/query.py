"""What somebody typed, as a bounded list of concepts that any index can be asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from library.search.synonyms import Stems, Thesaurus, telling
from library.search.words import STOP_WORDS, stem, words

MOST_LETTERS = 100
MOST_WORDS = 16
MOST_CONCEPTS = 8


@dataclass(frozen=True)
class Concept:
    """One thing that is looked for: the words typed, and other phrases that mean the same."""

    typed: tuple[str, ...]
    own: Stems
    others: tuple[Stems, ...] = ()
    half_typed: bool = False

    @property
    def phrases(self) -> tuple[Stems, ...]:
        return (self.own, *self.others)


@dataclass(frozen=True)
class Query:
    text: str
    concepts: tuple[Concept, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(word for concept in self.concepts for word in concept.own)


def shortened(text: str) -> str:
    """What is read of any input: one line, no control characters, a hundred letters."""
    spaced = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * MOST_LETTERS])
    return " ".join(spaced.split())[:MOST_LETTERS].strip()


def parse(text: str, thesaurus: Thesaurus) -> Query:
    """Never fails, whatever was typed; a query of nothing but small words has those as concepts."""
    text = shortened(text)
    typed = words(text)[:MOST_WORDS]
    found = list(_concepts(typed, thesaurus))
    if not found:
        found = [Concept((word,), (stem(word),)) for word in typed if len(word) > 1]
    unique = {concept.own: concept for concept in reversed(found)}
    in_order = [concept for concept in found if unique.pop(concept.own, None)]
    return Query(text, tuple(in_order[:MOST_CONCEPTS]))


def _concepts(typed: Sequence[str], thesaurus: Thesaurus) -> Iterator[Concept]:
    roots = [stem(word) for word in typed]
    at = 0
    while at < len(typed):
        size = thesaurus.longest(roots, at)
        if size:
            phrase = tuple(roots[at : at + size])
            spoken = tuple(typed[at : at + size])
            yield Concept(spoken, telling(phrase), thesaurus.meanings[phrase])
        elif _tells(typed[at]):
            yield Concept((typed[at],), (roots[at],))
        at += size or 1


def _tells(word: str) -> bool:
    return word not in STOP_WORDS and (len(word) > 1 or not word.isascii())

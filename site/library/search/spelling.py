"""Misspelt words: the nearest word that the library knows."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from heapq import nlargest
from itertools import chain

SHORTEST = 4
_LOOKED_AT = 40


class Speller:
    """Finds the nearest of some thousands of words in a few milliseconds.

    Pairs of letters choose the few words worth measuring; edit distance decides among them.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self.known = known
        self.by_pair: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in known:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                for pair in _pairs(word):
                    self.by_pair[len(word), pair].append(word)

    def nearest(self, word: str) -> str:
        """The known word most like it, or nothing if none is like it."""
        if len(word) < SHORTEST or not word.isalpha():
            return ""
        most = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        measured = ((distance(word, other, most), other) for other in self._alike(word, most))
        near = [
            (d, other[0] != word[0], -self.known[other], other)
            for d, other in measured
            if d <= most
        ]
        return min(near)[3] if near else ""

    def _alike(self, word: str, most: int) -> list[str]:
        """Words about as long that share the most pairs of letters with it."""
        pairs = _pairs(word)
        fits: list[tuple[float, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            lists = [self.by_pair.get((length, pair), ()) for pair in pairs]
            shared = Counter(chain.from_iterable(lists))
            longest = max(length, len(word))
            fits += [(n / longest, w) for w, n in shared.items() if n > 1]
        return [w for _, w in nlargest(_LOOKED_AT, fits)]


def _pairs(word: str) -> set[str]:
    framed = f"^{word}$"
    return {framed[at : at + 2] for at in range(len(framed) - 1)}


def distance(one: str, two: str, most: int) -> int:
    """Letters to add, drop, change or swap; ``most + 1`` as soon as it is more than ``most``."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, start=1):
        line = [i]
        for j, other in enumerate(two, start=1):
            cost = min(row[j] + 1, line[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, row = row, line
    return row[-1]

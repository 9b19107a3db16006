"""Words of a made-up library: a few that stand everywhere, thousands that hardly ever do.

In real text the second word is half as common as the first, the tenth a tenth as common (Zipf).
Search, its word list and the database's index behave well or badly just because of that.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, product
from random import Random

#: The words that carry any English text, and those of health pages: the common end of the curve.
_COMMON_WORDS = """
    the a of to and in you your is it that for can may with on as are not if this be or by more
    have from when most people some do at one pain help doctor who often than see well day time
    does after about care treatment sign week body rest move better worse back leg arm hand neck
    skin joint muscle nerve blood heart chest head eye ear tooth stomach knee hip shoulder elbow
    wrist foot ankle sleep walk sit stand lift cold warm heat swelling numb weak stiff sore mild
    strong rare common early late slow quick child adult older pregnant clinic nurse pharmacist
    medicine tablet dose side effect test scan result risk chance cause reason change habit work
    food water breath cough fever rash ache cramp burn sharp dull itch sudden constant month year
"""
_COMMON = _COMMON_WORDS.split()
_PARTS = """
    b bl br c cl cr d dr f fl g gl gr h j k l m n p pl pr qu r s sc sl st t tr v w z;
    a e i o u ai ea oo ou; b ck d g l ll m n nd ng p r rm sk ss st t th x;
    al ane ary en era ia ic ine is itis oma or osis um us y
"""
_STARTS, _MIDDLES, _ENDS, _LAST = (part.split() for part in _PARTS.split(";"))


class Vocabulary:
    """``size`` words, the first of them common; the same for the same seed."""

    def __init__(self, random: Random, size: int) -> None:
        self.random = random
        self.words = list(dict.fromkeys([*_COMMON, *islice(_made_up(random), size)]))
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def some(self, number: int) -> list[str]:
        """Words as a text has them, common ones over and over."""
        return self.random.choices(self.words, cum_weights=self._weights, k=number)

    def rare(self) -> str:
        """Any of the made-up words: what gives a page a name of its own."""
        return self.words[self.random.randrange(len(_COMMON), len(self.words))]

    def sentence(self) -> str:
        return " ".join(self.some(self.random.randint(6, 14))).capitalize() + "."

    def paragraph(self, sentences: int = 4) -> str:
        return f"<p>{' '.join(self.sentence() for _ in range(sentences))}</p>"


def _made_up(random: Random) -> Iterator[str]:
    """Words of two or three syllables, each once, in an order of their own."""
    stems = ["".join(parts) for parts in product(_STARTS, _MIDDLES, _ENDS)]
    random.shuffle(stems)
    for last in _shuffled(random, _LAST):
        for stem in stems:
            yield stem + last
    for stem, other in product(stems, stems):
        yield stem + other


def _shuffled(random: Random, words: Sequence[str]) -> list[str]:
    return random.sample(words, len(words))

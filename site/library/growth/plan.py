"""How a made-up library is divided: topics with conditions, lists with tips and treatments."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from library.growth.words import Vocabulary

#: Every page of a made-up library has it at the start of its slug, and says it in its title.
SLUG, MARK = "made-up-", "made up"
FEWEST = 60
_A_TOPIC = 60
_A_LIST = 1500
_CAUSES, _LOOKALIKES, _INFOS = 6, 12, 2
_TITLES = {
    "topic": "{word} in the {common}",
    "cause": "{word} of the {common}",
    "look-alike": "{word} {common}",
    "info": "About {word}",
    "habit": "{word} for your {common}",
    "exercise": "{word} and {common} exercise",
    "medicine": "{word}",
    "procedure": "{word} surgery",
    "care": "{word} {common} care",
    "tips": "{word} tips",
    "treatments": "{word} treatments",
}


@dataclass
class Planned:
    """A page before it is written. ``parent`` is its place in the plan; -1 is the home page."""

    number: int
    kind: str
    title: str
    parent: int
    pk: int = 0
    path: str = ""
    url_path: str = ""

    @property
    def slug(self) -> str:
        return f"{SLUG}{self.number}"


def plan(pages: int, vocabulary: Vocabulary) -> list[Planned]:
    """Exactly so many pages, parents before their children."""
    made: list[Planned] = []
    for kind, parent in _kinds(pages, vocabulary.random):
        word = vocabulary.rare().capitalize()
        common = vocabulary.words[vocabulary.random.randrange(60, 100)]
        title = _TITLES[kind].format(word=word, common=common)
        number = len(made)
        made.append(Planned(number, kind, f"{title} ({MARK} {number})", parent))
    return made


def _kinds(pages: int, random: Random) -> Iterator[tuple[str, int]]:
    topics, lists = max(1, pages // _A_TOPIC), 1 + pages // _A_LIST
    tips = range(topics, topics + lists)
    treatments = range(topics + lists, topics + 2 * lists)
    yield from [("topic", -1)] * topics
    yield from [("tips", -1)] * lists
    yield from [("treatments", -1)] * lists
    below = [("cause", _CAUSES), ("look-alike", _LOOKALIKES), ("info", _INFOS)]
    for topic in range(topics):
        for kind, number in below:
            yield from [(kind, topic)] * number
    left = pages - topics - 2 * lists - topics * (_CAUSES + _LOOKALIKES + _INFOS)
    for number in range(left):
        if number % 2:
            yield random.choice(("habit", "exercise")), random.choice(tips)
        else:
            yield random.choice(("medicine", "procedure", "care")), random.choice(treatments)

"""Words of a text and their stems, the same for both databases.

Neither index stems: a query asks for every form of a word instead. So SQLite and PostgreSQL find
the same pages, and the ranking can compare stems in Python.
"""

import re
import unicodedata
from functools import lru_cache

#: Said in half-sentences, and telling nothing about what is looked for.
_STOP = """
    a about actually after all also am an and any anyone anything are as at be because been
    being best but by can cannot cant could couldnt did do does doesnt doing dont for from get
    gets getting give go goes going got had has have having he help her here him his how i if
    im in into is isnt issue issues it its ive just know like long look make me more most much
    must my need no not of ok on one or other our please problem problems really safe seem she
    should side so some something than that thats the their them then there these they thing
    things this those to too trouble u up us use used using very want was way we were what
    whats when where which while who why will with without wont would yet you your yours
"""
STOP_WORDS = frozenset(_STOP.split())

_IRREGULAR = {
    "swollen": "swell", "swole": "swell", "swelled": "swell", "feet": "foot", "calves": "calf",
    "calve": "calf", "vertebrae": "vertebra", "torn": "tear", "tore": "tear", "broken": "break",
    "broke": "break", "teeth": "tooth", "bent": "bend", "slept": "sleep", "sat": "sit",
    "stood": "stand", "fell": "fall", "fallen": "fall", "worst": "wors", "breathe": "breath",
    "breathing": "breath", "breathless": "breath", "arteries": "artery", "veins": "vein",
    "gone": "go", "ran": "run", "men": "man", "women": "woman", "children": "child",
    "diagnoses": "diagnosis", "thromboses": "thrombosis", "stenoses": "stenosis",
    "thrombi": "thrombus", "emboli": "embolus", "toes": "toe", "dies": "die",
    "peeing": "pee", "peed": "pee", "flown": "fly", "dying": "die", "lying": "lie", "lay": "lie",
    "bled": "bleed", "caught": "catch", "hurts": "hurt", "hurting": "hurt", "during": "during",
    "pregnancy": "pregnant", "pregnancies": "pregnant", "infected": "infection",
    "infections": "infection", "kneeling": "kneel", "feeling": "feel", "felt": "feel",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"'s\b")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u0060", "'"))
_VOWEL = re.compile(r"[aeiouy]")


def plain(text: str) -> str:
    """Lower case, without accents, as the databases' own index reads it."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Its words in order. “Can't” is one word, “Baker's” is “baker”."""
    text = plain(text)
    if "'" in text:
        text = _GENITIVE.sub("", text).replace("'", "")
    return _WORD.findall(text)


@lru_cache(maxsize=4_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(map(stem, words(text)))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its English ending: plural, -ing, -ed, -ness, -ful, -ly."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isascii():
        return word
    word = _without_plural(word)
    for ending in ("ness", "ful", "ing", "ed", "ly"):
        rest = word[: -len(ending)]
        if word.endswith("eed") or len(rest) < 3 or not _VOWEL.search(rest):
            continue
        if word.endswith(ending):
            word = _undoubled(rest) if ending in ("ing", "ed") else rest
            break
    word = _IRREGULAR.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undoubled(rest: str) -> str:
    doubled = len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz"
    return rest[:-1] if doubled else rest


_FORMS_OF: dict[str, list[str]] = {}
for _form, _stem in _IRREGULAR.items():
    _FORMS_OF.setdefault(_stem, []).append(_form)


@lru_cache(maxsize=5_000)
def forms(word: str) -> tuple[str, ...]:
    """The word and the other forms under which a text may hold it, at most ten."""
    root = stem(word)
    guesses = [word, root, root + "s", root + "e", root + "es", root + "ed", root + "ing"]
    guesses += [*_FORMS_OF.get(root, ()), root + "ness", root + "ful", root + "ly"]
    if root.endswith("y"):
        guesses.append(root[:-1] + "ies")
    if root[-1] in "bdgmnprt":
        guesses += [root + root[-1] + "ing", root + root[-1] + "ed"]
    return tuple(dict.fromkeys(form for form in guesses if stem(form) == root))[:10]

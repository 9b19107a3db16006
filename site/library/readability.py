"""How hard a text is to read: Flesch-Kincaid, long sentences and passive voice, offline.

Our own, because known libraries fetch data at first use, miscount, or have unfit licences. Input is
plain text, a paragraph, heading or list item a line (each ends a sentence), markup taken off.

Known words: a glossary term or a medicine name that a reader can look up in place is met as a name.
So each word of a `known` phrase counts as at most two syllables. It still counts as a word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LONG_SENTENCE = 25
KNOWN_SYLLABLES = 2

WORD = re.compile(r"[A-Z]&[A-Z]\b|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|approx|Dr|Mr|Mrs|Ms|Prof|St|[A-Z])\.(?=\s)")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[^\W_a-z])")
HELD_DOT = "\u2024"  # stands for a full stop that ends no sentence

VOWEL_GROUP = re.compile(r"[aeiouy]+")
EXCEPTIONS = {
    "anyone": 3, "argue": 2, "area": 3, "areas": 3, "business": 2, "cement": 2, "clothes": 1,
    "diabetes": 4, "diarrhoea": 4, "element": 3, "elements": 3, "evening": 2, "evenings": 2,
    "every": 2, "everyday": 3, "everyone": 3, "everything": 3, "eye": 1, "eyes": 1,
    "forefoot": 2, "forehead": 2, "giant": 2, "hundred": 2, "hundreds": 2, "idea": 3, "ideal": 3,
    "ideas": 3, "maybe": 2, "museum": 3, "naked": 2, "nausea": 3, "poem": 2, "queue": 1,
    "queues": 1, "recipe": 3, "theatre": 3, "wednesday": 2,
}  # fmt: skip
SPOKEN_CAPITALS = {"NICE": 1, "AIDS": 1, "NSAID": 2}

# Neighbouring vowels spoken apart (pe-ri-od, but sta-tion), and syllables without a vowel (spas-m).
EXTRA_SYLLABLE = re.compile(
    r"""(?<![cstxg])i(?!age)[aou] | ysio | [ct]iat | sci[ae] | ao | (?<!g)eou
      | cre(?=at(?!u)) | ^rea(?=ct|pp|ss) | ^geo | (?:st|id|er)eo | ^co(?=ord|ope|ex|in) | co(?=agu)
      | (?<![qg])u[ao] | (?<![qg])ue(?=l|n[ct]) | (?:fl|r)ui(?=d|n) | nui(?=t|n)
      | [aeiou]y(?=[aeiou](?!d$|s$|$)) | [aeouy]ing | iet(?=y|a|s?$) | (?<![ct])ien(?=[tc])
      | [aeiouy][^aeiouy]+ie(?=rs?$|st$) | sms?$ | thms?$
    """,
    re.VERBOSE,
)
# A written vowel that is not heard (silent e, walked, like-ly, some-thing, Ital-ian, behav-iour).
LOST_SYLLABLE = re.compile(
    r"""(?<=[^aeiouy])(?<![^aeiouy]l)(?<![bcdghkpt]r)
        e(?:$|(?=(?:ly|ment|less|ful|ness|some)s?$))
      | (?<=[^aeiouysxzcg])(?<![cs]h)(?<![^aeiouy]l)(?<![bcdghkpt]r)es$ | (?<![eot]a)(?<=a)ches$
      | (?<=[^aeiouytd])(?<![^aeiouyl]l)ed$ | [qg]ues?$ | li(?=an(?!c)|ar|on) | ni(?=on|or)
      | vi(?=ou?r) | ^(?:nose|some|there|where|home|life|side|time|care|base|safe|wide|like
        |nine|bare)(?=[bcdfghklmnpstw][a-z])
    """,
    re.VERBOSE,
)

IRREGULAR = (
    "done|given|taken|seen|known|shown|written|made|found|held|kept|left|lost|meant|paid|put|read|"
    "said|sent|set|sold|told|thought|brought|bought|caught|taught|felt|built|cut|drawn|driven|eaten|"
    "worn|torn|born|chosen|broken|spoken|stolen|frozen|forgotten|hidden|bitten|begun|run|led|fed|"
    "bent|lent|spent|hurt|shut|spread|understood|withdrawn"
)
NOT_PASSIVE = "red|tired|worried|scared|pleased|hundred|naked|supposed|interested|used"
PASSIVE = re.compile(
    rf"""\b(?:(?:am|is|are|was|were|be|been|being)(?:n['\u2019]t)? | (?:it|that)['\u2019]s
      | (?:they|you|we)['\u2019]re)
    (?:\s+(?:it|this|that|they|you|we|he|she))?            # "Is it caused by ...?"
    (?:\s+(?:not|never|also|often|always|still|only|now|then|just|both|all|best|well|\w+ly))*
    \s+(?!(?:{NOT_PASSIVE})\b)(?:\w\w+(?<!e)ed|agreed|{IRREGULAR})\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Readability:
    words: int
    sentences: int
    syllables: int
    grade: float
    ease: float
    long: tuple[str, ...]
    passive: tuple[str, ...]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Syllables of one word as read aloud; initials letter by letter, figures digit by digit."""
    return sum(_part_syllables(part) for part in re.split(r"[-&]", word)) + ("&" in word)


def _part_syllables(part: str) -> int:
    if part[:1].isdigit():
        return sum(character.isdigit() for character in part)
    if re.fullmatch(r"[A-Z]{2,}s?", part):
        letters = part.rstrip("s")
        return SPOKEN_CAPITALS.get(letters, len(letters) + 2 * letters.count("W"))
    plain = re.sub(r"['\u2019]", "", part).lower()
    if plain in EXCEPTIONS:
        return EXCEPTIONS[plain]
    count = len(VOWEL_GROUP.findall(plain)) + len(EXTRA_SYLLABLE.findall(plain))
    count += bool(re.search(r"[ds]n['\u2019]t$", part))  # is-n't
    return max(1, count - len(LOST_SYLLABLE.findall(plain)))


def sentences(text: str) -> list[str]:
    found: list[str] = []
    for line in text.splitlines():
        held = ABBREVIATION.sub(lambda m: m[0][:-1] + HELD_DOT, BULLET.sub("", line))
        parts = (part.replace(HELD_DOT, ".").strip() for part in SENTENCE_END.split(held))
        found.extend(part for part in parts if words(part))
    return found


def long_sentences(text: str, limit: int = LONG_SENTENCE) -> list[str]:
    return [sentence for sentence in sentences(text) if len(words(sentence)) > limit]


def passive_sentences(text: str) -> list[str]:
    """Sentences with a form of "be" and a participle. A heuristic: a hint to the writer."""
    return [sentence for sentence in sentences(text) if PASSIVE.search(sentence)]


@lru_cache(maxsize=8)
def _phrases(known: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?:s|es)?\b", re.IGNORECASE)


def _spared_syllables(text: str, known: frozenset[str]) -> int:
    if not known:
        return 0
    named = (word for match in _phrases(known).finditer(text) for word in words(match[0]))
    return sum(max(0, syllables(word) - KNOWN_SYLLABLES) for word in named)


def measure(text: str, known: Iterable[str] = (), limit: int = LONG_SENTENCE) -> Readability:
    """All measures of a text. A text without words has grade and ease 0: nothing to judge."""
    spoken = sentences(text)
    found = [word for sentence in spoken for word in words(sentence)]
    total = sum(map(syllables, found)) - _spared_syllables("\n".join(spoken), frozenset(known))
    if not found:
        return Readability(0, 0, 0, 0.0, 0.0, (), ())
    per_sentence, per_word = len(found) / len(spoken), total / len(found)
    grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    ease = 206.835 - 1.015 * per_sentence - 84.6 * per_word
    long, passive = tuple(long_sentences(text, limit)), tuple(passive_sentences(text))
    return Readability(len(found), len(spoken), total, grade, ease, long, passive)

"""Urgent answers: the red flags of the live rules that a search query speaks of.

Somebody who types “swollen calf” or “can't pee” needs the care card before any page. The words come
from the rules themselves (their card lines and the answers that fire them) and from the editors'
search synonyms, so a new red flag is found without anybody listing it twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker.care import SHOWN, CareCard
from checker.engine import Level, Rule, Ruleset
from checker.levels import WORDS
from library.search.query import Concept, Query
from library.search.words import STOP_WORDS, stem, stems

#: What more than this share of the red flags speak of (leg, pain) is no red flag by itself.
_COMMON = 0.2
#: Such things, and the back and leg that every query here is about, count this much beside a sign.
_ASIDE = 0.15
#: How much of what was typed, by weight, a red flag must speak of.
_ENOUGH = 0.6
_MEANS_THE_SAME = 0.85
_NEARLY = 0.1
_MOST_LINES = 3
_SMALL = frozenset(stem(word) for word in (*STOP_WORDS, "feel", "bad", "begin"))
#: Where it hurts is no red flag without what is wrong there.
_TOPIC = frozenset(stem(word) for word in ("back", "spine", "hip", "body", "leg", "calf"))
_PLACES = _TOPIC | frozenset(stem(word) for word in ("foot", "toe", "ankle", "knee", "thigh"))


@dataclass(frozen=True)
class RedFlag:
    """An urgent rule by its words: its card line, and each answer that fires it alone.

    ``sign`` is the card without what only goes before it (“… after an operation”);
    ``needs`` is how many things must be spoken of: cancer alone is not “cancer and a weak leg”.
    """

    level: Level
    line: str
    card: frozenset[str]
    sign: frozenset[str]
    answers: tuple[frozenset[str], ...]
    needs: int

    @cached_property
    def _all(self) -> frozenset[str]:
        """Every word of it: most phrases have another."""
        return self.card.union(*self.answers)

    def speaks_of(self, concept: Concept) -> float:
        """1 in the words typed, a little less in words that mean the same, 0 not at all."""
        for phrase in concept.phrases:
            if self._all.issuperset(phrase) and any(
                text.issuperset(phrase) for text in (self.card, *self.answers)
            ):
                return 1.0 if phrase == concept.own else _MEANS_THE_SAME
        return 0.0

    def names(self, concept: Concept) -> bool:
        """The card itself says it, and not only as a place."""
        held = [phrase for phrase in concept.phrases if self.sign.issuperset(phrase)]
        return any(not _PLACES.issuperset(phrase) for phrase in held)


def red_flags(rulesets: Iterable[Ruleset]) -> list[RedFlag]:
    return [flag for ruleset in rulesets for flag in _of(ruleset)]


def _of(ruleset: Ruleset) -> Sequence[RedFlag]:
    """Worked out once for each release, which never changes."""
    kept: Sequence[RedFlag] | None = ruleset.memo.get("red flags for search")
    if kept is None:
        kept = ruleset.memo["red flags for search"] = tuple(_made(ruleset))
    return kept


def _made(ruleset: Ruleset) -> Iterator[RedFlag]:
    for rule in ruleset.rules:
        if rule.level in SHOWN and rule.card:
            answers = tuple(_words(text) for text in _answers(ruleset, rule))
            needs = min(len(rule.when), 2)
            sign = _words(rule.card.partition(" after ")[0])
            yield RedFlag(rule.level, rule.card, _words(rule.card), sign, answers, needs)


def _answers(ruleset: Ruleset, rule: Rule) -> Iterator[str]:
    """The answers that fire a rule by themselves: with two conditions no answer alone is urgent."""
    if len(rule.when) == 1:
        [condition] = rule.when
        question = ruleset.question_by_key[condition.question]
        yield from (question.option(key).text for key in condition.options)


def _words(text: str) -> frozenset[str]:
    return frozenset(stems(text)) - _SMALL


def urgent_cards(query: Query, rulesets: Iterable[Ruleset]) -> list[CareCard]:
    """One card a level, most urgent first, with only the lines that the query speaks of."""
    flags = red_flags(rulesets)
    common = {concept for concept in query.concepts if _is_common(concept, flags)}
    best, cards = _ENOUGH, []
    for level in SHOWN:  # what fits a lower level better never hides the more urgent one
        scored = [(_share(query, flag, common), flag) for flag in flags if flag.level == level]
        best = max([best, *(score - _NEARLY for score, _flag in scored)])
        lines = dict.fromkeys(flag.line for score, flag in scored if score >= best)
        if lines:
            words, shown = WORDS[level], tuple(lines)[:_MOST_LINES]
            cards.append(CareCard(words.key, words.card_title, words.lead, shown))
    return cards


def _is_common(concept: Concept, flags: Sequence[RedFlag]) -> bool:
    """Counted by card lines: rules that share one are one red flag to a reader."""
    lines = {flag.line for flag in flags}
    held = {flag.line for flag in flags if flag.speaks_of(concept)}
    return len(held) > max(_COMMON * len(lines), 1)


def _share(query: Query, flag: RedFlag, common: set[Concept]) -> float:
    """The share of the query that the flag speaks of; nothing where it names none of it."""
    total = spoken = 0.0
    things, named = 0, False
    for concept in query.concepts:
        held = flag.speaks_of(concept)
        weight = _weight(concept, held > 0, common)
        total += weight
        spoken += weight * held
        things += held > 0
        named = named or (concept not in common and flag.names(concept))
    return spoken / total if named and things >= flag.needs else 0.0


def _weight(concept: Concept, held: bool, common: set[Concept]) -> float:
    """Another place than the flag's (knee, not chest) asks for something else."""
    if _TOPIC.issuperset(concept.own):
        return _ASIDE
    if _PLACES.issuperset(concept.own):
        return _ASIDE if held else 1.0
    return _ASIDE if concept in common else 1.0

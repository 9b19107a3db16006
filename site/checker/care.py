"""Care cards: the urgent signs of the live rules, for library pages and the checker itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.engine import Level, Rule, Ruleset
from checker.levels import WORDS, Words

SHOWN = (Level.EMERGENCY, Level.URGENT)


@dataclass(frozen=True)
class CareCard:
    """One level with the signs that call for it."""

    level: str
    title: Words
    lead: Words
    lines: tuple[str, ...]


def care_cards(rulesets: Iterable[Ruleset], keys: Iterable[str]) -> list[CareCard]:
    """The urgent signs of these causes: one card a level, most urgent first."""
    wanted = set(keys)
    rules = (rule for ruleset in rulesets for rule in ruleset.rules)
    return _cards([rule for rule in rules if wanted.intersection(rule.about)], SHOWN)


def all_cards(ruleset: Ruleset, levels: Iterable[Level] = SHOWN) -> list[CareCard]:
    """Every urgent sign of a checker, for its first page and for when it is taken down."""
    return _cards(ruleset.rules, levels)


def _cards(rules: Sequence[Rule], levels: Iterable[Level]) -> list[CareCard]:
    cards = []
    for level in levels:
        lines = dict.fromkeys(rule.card for rule in rules if rule.card and rule.level == level)
        if lines:
            words = WORDS[level]
            cards.append(CareCard(words.key, words.card_title, words.lead, tuple(lines)))
    return cards

"""The advice: how soon to get help, why, and which causes fit.

The level is the highest level of the rules that fire. It never depends on which cause fits best.
"""

from __future__ import annotations

from dataclasses import dataclass

from .fit import CLOSE, LITTLE, WELL, word
from .flow import Replay, replay
from .model import Answers, Cause, Incomplete, Level, Rule, Ruleset, Sign, highest

NOTHING_DECIDED = (
    "Nothing in your answers calls for help today. "
    "But nothing shows that you can do without a check."
)


@dataclass(frozen=True)
class Reason:
    """Why this level: what the rule says, and the patient's own answers that made it fire.

    `rule` is None when no rule fired; then the level is the default and the reason says so.
    """

    level: Level
    because: str
    rule: Rule | None
    said: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """How well one cause fits, with the signs among the answers for it and against it."""

    cause: Cause
    word: str
    score: int
    for_: tuple[Sign, ...]
    against: tuple[Sign, ...]


@dataclass(frozen=True)
class Advice:
    """`answers` are those that counted, in the order in which they were asked."""

    level: Level
    fired: tuple[Rule, ...]
    reasons: tuple[Reason, ...]
    fits: tuple[Fit, ...]
    mixed: bool
    answers: tuple[tuple[str, str], ...]

    @property
    def decided(self) -> bool:
        """False when no rule fired and the level is only the careful default."""
        return bool(self.fired)


def advise(ruleset: Ruleset, answers: Answers) -> Advice:
    """Raise UnknownAnswer, or Incomplete when a question that has to be asked has no answer."""
    return advice_after(replay(ruleset, answers))


def advice_after(visit: Replay) -> Advice:
    """The advice at the end of a visit that has already been replayed."""
    if visit.waiting_for is not None:
        raise Incomplete(visit.waiting_for)
    ruleset, counted = visit.ruleset, visit.answers
    fired = sorted(
        (rule for rule in ruleset.rules if rule.fires(counted)), key=lambda rule: -rule.level
    )
    level = highest(rule.level for rule in fired)
    ranked = fits(ruleset, counted)
    return Advice(
        level=level,
        fired=tuple(fired),
        reasons=_reasons(ruleset, fired, level, counted),
        fits=ranked,
        mixed=is_mixed(ranked),
        answers=tuple(counted.items()),
    )


def _reasons(
    ruleset: Ruleset, fired: list[Rule], level: Level, answers: Answers
) -> tuple[Reason, ...]:
    """Rules for self-care are no reason for a higher level, so they are left out above it."""
    if not fired:
        return (Reason(level, NOTHING_DECIDED, None, ()),)
    return tuple(
        Reason(rule.level, rule.because, rule, _said(ruleset, rule, answers))
        for rule in fired
        if rule.level > Level.SELF_CARE or level == Level.SELF_CARE
    )


def _said(ruleset: Ruleset, rule: Rule, answers: Answers) -> tuple[str, ...]:
    options = (
        ruleset.question_by_key[condition.question].option(answers[condition.question])
        for condition in rule.when
    )
    return tuple(option.said or option.text for option in options)


def fits(ruleset: Ruleset, answers: Answers) -> tuple[Fit, ...]:
    """Causes best first, from answers that counted.

    Equal scores keep file order, and so do all causes with little to suggest them: below
    "partly" there is nothing to rank.
    """
    found = [_fit(ruleset, cause, answers) for cause in ruleset.causes]
    return tuple(sorted(found, key=lambda fit: (fit.word == LITTLE, _rank(fit))))


def _rank(fit: Fit) -> int:
    return 0 if fit.word == LITTLE else -fit.score


def _fit(ruleset: Ruleset, cause: Cause, answers: Answers) -> Fit:
    present = [
        sign
        for sign in _signs_by_cause(ruleset).get(cause.key, ())
        if answers.get(sign.question) in sign.options
    ]
    score = sum(sign.weight for sign in present)
    return Fit(
        cause=cause,
        word=word(score),
        score=score,
        for_=tuple(sign for sign in present if sign.weight > 0),
        against=tuple(sign for sign in present if sign.weight < 0),
    )


def _signs_by_cause(ruleset: Ruleset) -> dict[str, list[Sign]]:
    table: dict[str, list[Sign]] | None = ruleset.memo.get("signs_by_cause")
    if table is None:
        table = ruleset.memo["signs_by_cause"] = {}
        for sign in ruleset.signs:
            table.setdefault(sign.cause, []).append(sign)
    return table


def is_mixed(ranked: tuple[Fit, ...]) -> bool:
    """The best two of the causes that fit at least partly are too close to tell apart."""
    best = [fit for fit in ranked if fit.word != LITTLE][:2]
    return len(best) == 2 and best[0].score - best[1].score <= CLOSE


def main_causes(ranked: tuple[Fit, ...]) -> tuple[Fit, ...]:
    """Best first: the causes of the topic (not the look-alikes) that fit well or partly."""
    return tuple(fit for fit in ranked if fit.word != LITTLE and not fit.cause.lookalike)


def fits_well(ranked: tuple[Fit, ...]) -> bool:
    return any(fit.word == WELL for fit in ranked)

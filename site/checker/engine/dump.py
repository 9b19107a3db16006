"""From a Ruleset back to plain tables, so that parse(**dump(ruleset)) == ruleset."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Case, Cause, Condition, Question, Rule, Ruleset, Sign

Plain = dict[str, object]


def dump(ruleset: Ruleset) -> dict[str, Plain]:
    """The four files as JSON-able tables. What a file may leave out is left out when empty."""
    return {
        "questions": {
            "title": ruleset.title,
            "question": [_question(question) for question in ruleset.questions],
        },
        "rules": {"rule": [_rule(rule) for rule in ruleset.rules]},
        "signs": {
            "cause": [_cause(cause) for cause in ruleset.causes],
            "sign": [_sign(sign) for sign in ruleset.signs],
        },
        "cases": {"case": [_case(case) for case in ruleset.cases]},
    }


def _question(question: Question) -> Plain:
    table: Plain = {"key": question.key, "text": question.text}
    table |= _filled(hint=question.hint, why=question.why)
    table["kind"] = question.kind
    if not question.scale:
        table["scale"] = False
    table |= _filled(ask_if=_conditions(question.ask_if))
    table["option"] = [
        {"key": option.key, "text": option.text} | _filled(said=option.said)
        for option in question.options
    ]
    return table


def _rule(rule: Rule) -> Plain:
    table: Plain = {
        "key": rule.key,
        "level": rule.level.key,
        "when": _conditions(rule.when),
        "because": rule.because,
    }
    table |= _filled(card=rule.card)
    return table | {"about": list(rule.about), "sources": list(rule.sources)}


def _cause(cause: Cause) -> Plain:
    return {
        "key": cause.key,
        "name": cause.name,
        "page": cause.page,
        "lookalike": cause.lookalike,
    }


def _sign(sign: Sign) -> Plain:
    return {
        "cause": sign.cause,
        "question": sign.question,
        "options": list(sign.options),
        "weight": sign.weight,
        "phrase": sign.phrase,
        "sources": list(sign.sources),
    }


def _case(case: Case) -> Plain:
    table: Plain = {
        "key": case.key,
        "text": case.text,
        "answers": dict(case.answers),
        "level": case.level.key,
    }
    table |= _filled(accept=[level.key for level in case.accept])
    return table | {"causes": list(case.causes)}


def _conditions(conditions: Iterable[Condition]) -> dict[str, list[str]]:
    return {condition.question: list(condition.options) for condition in conditions}


def _filled(**entries: object) -> Plain:
    return {name: value for name, value in entries.items() if value}

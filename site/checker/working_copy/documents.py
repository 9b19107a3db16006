"""The working copy as the engine reads it: the same four documents as in the files.

Where order means nothing (which answers a rule names), everything stands in the order in which
questions are asked and causes are listed. So the same rules always give the same files and hash.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from checker.engine import Ruleset, parse
from checker.models import (
    CaseAnswer,
    CaseCause,
    CheckerOption,
    QuestionCondition,
    RuleCause,
    RuleCondition,
    RuleSource,
    SignAnswer,
    SignSource,
    WorkingCopy,
)
from checker.models.part import Picked

Plain = dict[str, Any]
Documents = dict[str, Plain]


def ruleset_of(working_copy: WorkingCopy) -> Ruleset:
    """Raises RulesError where the working copy is not whole yet."""
    return parse(**documents_of(working_copy))


def documents_of(working_copy: WorkingCopy) -> Documents:
    """The four documents, in about a dozen queries whatever the size."""
    return _Reader(working_copy).documents()


def crowd_of(working_copy: WorkingCopy) -> dict[str, dict[str, float]]:
    """How common each answer is; empty where nobody has said so yet."""
    options = (
        CheckerOption.objects.filter(asked__checker=working_copy.checker_id, share__isnull=False)
        .order_by("asked__sort_order", "sort_order")
        .values_list("asked__key", "key", "share")
    )
    crowd: dict[str, dict[str, float]] = defaultdict(dict)
    for question, option, share in options:
        crowd[question][option] = float(share)
    return dict(crowd)


@dataclass(frozen=True)
class _Place:
    """Where an answer stands: the order of its question, then its own."""

    question: str
    option: str
    order: tuple[int, int]


class _Reader:
    def __init__(self, working_copy: WorkingCopy) -> None:
        self.title = working_copy.title
        checker = self.checker = working_copy.checker
        self.questions = list(checker.checkerquestions.order_by("sort_order", "pk"))
        self.causes = list(checker.checkercauses.order_by("sort_order", "pk"))
        self.options: dict[int, list[CheckerOption]] = defaultdict(list)
        for option in CheckerOption.objects.filter(asked__checker=checker):
            self.options[option.asked_id].append(option)
        self.places = self._places()
        self.cause_order = {cause.pk: place for place, cause in enumerate(self.causes)}
        self.cause_keys = {cause.pk: cause.key for cause in self.causes}

    def _places(self) -> dict[int, _Place]:
        return {
            option.pk: _Place(question.key, option.key, (number, place))
            for number, question in enumerate(self.questions)
            for place, option in enumerate(self.options[question.pk])
        }

    def documents(self) -> Documents:
        return {
            "questions": {"title": self.title, "question": list(self._question_tables())},
            "rules": {"rule": list(self._rule_tables())},
            "signs": {
                "cause": [self._cause_table(cause) for cause in self.causes],
                "sign": list(self._sign_tables()),
            },
            "cases": {"case": list(self._case_tables())},
        }

    def _question_tables(self) -> Iterable[Plain]:
        after = self._picked(QuestionCondition)
        for question in self.questions:
            table: Plain = {"key": question.key, "text": question.text}
            table |= _filled(hint=question.hint, why=question.why)
            table["kind"] = question.kind
            if not question.scale:
                table["scale"] = False
            table |= _filled(ask_if=_by_question(after[question.pk]))
            table["option"] = [
                {"key": option.key, "text": option.text} | _filled(said=option.said)
                for option in self.options[question.pk]
            ]
            yield table

    def _rule_tables(self) -> Iterable[Plain]:
        when, about = self._picked(RuleCondition), self._named(RuleCause)
        sources = self._cited(RuleSource)
        for rule in self.checker.checkerrules.order_by("sort_order", "pk"):
            table = {
                "key": rule.key,
                "level": rule.level,
                "when": _by_question(when[rule.pk]),
                "because": rule.because,
            }
            table |= _filled(card=rule.card)
            yield table | {"about": about[rule.pk], "sources": sources[rule.pk]}

    @staticmethod
    def _cause_table(cause: Any) -> Plain:
        return {
            "key": cause.key,
            "name": cause.name,
            "page": cause.page,
            "lookalike": cause.lookalike,
        }

    def _sign_tables(self) -> Iterable[Plain]:
        answers, sources = self._picked(SignAnswer), self._cited(SignSource)
        for sign in self.checker.checkersigns.order_by("sort_order", "pk"):
            places = answers[sign.pk]
            yield {
                "cause": self.cause_keys[sign.cause_id],
                "question": places[0].question if places else "",
                "options": [place.option for place in places],
                "weight": sign.weight,
                "phrase": sign.phrase,
                "sources": sources[sign.pk],
            }

    def _case_tables(self) -> Iterable[Plain]:
        answers, causes = self._picked(CaseAnswer), self._named(CaseCause)
        for case in self.checker.checkercases.order_by("sort_order", "pk"):
            table = {
                "key": case.key,
                "text": case.text,
                "answers": {place.question: place.option for place in answers[case.pk]},
                "level": case.level,
            }
            yield table | _filled(accept=case.accept) | {"causes": causes[case.pk]}

    def _picked(self, model: type[Picked]) -> dict[int, list[_Place]]:
        found: dict[int, list[_Place]] = defaultdict(list)
        for item, option in self._pairs(model, "option_id"):
            found[item].append(self.places[option])
        for places in found.values():
            places.sort(key=lambda place: place.order)
        return found

    def _named(self, model: type[Model]) -> dict[int, list[str]]:
        found: dict[int, list[int]] = defaultdict(list)
        for item, cause in self._pairs(model, "cause_id"):
            found[item].append(cause)
        keys = {
            item: [self.cause_keys[pk] for pk in sorted(causes, key=self.cause_order.__getitem__)]
            for item, causes in found.items()
        }
        return defaultdict(list, keys)

    def _cited(self, model: type[Model]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for item, key in self._pairs(model, "source__key", "sort_order", "pk"):
            found[item].append(key)
        return found

    def _pairs(self, model: type[Model], value: str, *order: str) -> Iterable[tuple[int, Any]]:
        rows = model._default_manager.filter(item__checker=self.checker).order_by(*order)
        return rows.values_list("item_id", value)


def _by_question(places: Iterable[_Place]) -> dict[str, list[str]]:
    conditions: dict[str, list[str]] = defaultdict(list)
    for place in places:
        conditions[place.question].append(place.option)
    return dict(conditions)


def _filled(**entries: object) -> Plain:
    return {name: value for name, value in entries.items() if value}

"""Writes documents into the rows of a working copy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from checker.models import (
    CaseAnswer,
    CaseCause,
    Checker,
    CheckerCase,
    CheckerCause,
    CheckerOption,
    CheckerQuestion,
    CheckerRule,
    CheckerSign,
    QuestionCondition,
    RuleCause,
    RuleCondition,
    RuleSource,
    SignAnswer,
    SignSource,
)
from checker.models.part import Part
from checker.working_copy.notes import Note
from library.models import Source

Plain = Mapping[str, Any]
ROWS: tuple[type[Model], ...] = (
    QuestionCondition,
    RuleCondition,
    RuleCause,
    RuleSource,
    SignAnswer,
    SignSource,
    CaseAnswer,
    CaseCause,
)
"""What rests on questions, causes and sources: taken out first and written anew."""


class SourceMissing(Exception):  # noqa: N818 - it reads as what it is
    """A rule or sign cites a source that the library does not have."""


class Writer:
    """One pass over the documents; entries are matched by key and keep their history."""

    def __init__(
        self,
        checker: Checker,
        documents: Mapping[str, Plain],
        notes: Mapping[str, Sequence[Note]],
        crowd: Mapping[str, Plain],
    ) -> None:
        self.checker, self.documents, self.notes, self.crowd = checker, documents, notes, crowd
        self.options: dict[tuple[str, str], CheckerOption] = {}
        self.causes: dict[str, CheckerCause] = {}
        self.sources = {source.key: source for source in Source.objects.only("key")}
        self.rows: dict[type[Model], list[Model]] = {}

    def write(self) -> None:
        for model in ROWS:
            model._default_manager.filter(item__checker=self.checker).delete()
        questions = self._questions()
        causes = self._causes()
        self._rules()
        self._signs()
        self._cases()
        self._forget_causes_and_questions(causes, questions)
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)

    def _questions(self) -> list[Part]:
        tables = self.documents["questions"]["question"]
        fields = [
            {
                "text": table["text"],
                "hint": table.get("hint", ""),
                "why": table.get("why", ""),
                "kind": table["kind"],
                "scale": table.get("scale", True),
                "crowd_note": self.crowd.get(table["key"], {}).get("note", ""),
            }
            for table in tables
        ]
        questions = self._parts(CheckerQuestion, "question", tables, fields)
        for table, question in zip(tables, questions, strict=True):
            self._write_options(question, table)
        for table, question in zip(tables, questions, strict=True):
            self._pick(QuestionCondition, question, table.get("ask_if", {}))
        return questions

    def _write_options(self, question: Any, table: Plain) -> None:
        shares = self.crowd.get(table["key"], {})
        known = {option.key: option for option in CheckerOption.objects.filter(asked=question)}
        for place, entry in enumerate(table["option"]):
            option = known.pop(entry["key"], None) or CheckerOption(key=entry["key"])
            option.asked_id, option.sort_order = question.pk, place
            option.text, option.said = entry["text"], entry.get("said", "")
            option.share = shares.get(entry["key"])
            option.save()
            self.options[table["key"], entry["key"]] = option
        for option in known.values():
            option.delete()

    def _causes(self) -> list[Part]:
        tables = self.documents["signs"]["cause"]
        fields = [{name: table[name] for name in ("name", "page", "lookalike")} for table in tables]
        causes = self._parts(CheckerCause, "cause", tables, fields)
        self.causes = {cause.key: cause for cause in causes}
        return causes

    def _rules(self) -> None:
        tables = self.documents["rules"]["rule"]
        fields = [
            {"level": t["level"], "because": t["because"], "card": t.get("card", "")}
            for t in tables
        ]
        rules = self._parts(CheckerRule, "rule", tables, fields)
        for table, rule in zip(tables, rules, strict=True):
            self._pick(RuleCondition, rule, table["when"])
            self._name(RuleCause, rule, table.get("about", []))
            self._cite(RuleSource, rule, table.get("sources", []))

    def _signs(self) -> None:
        """Signs have no key: the place in the list tells which is which."""
        tables = self.documents["signs"]["sign"]
        known = list(CheckerSign.objects.filter(checker=self.checker).order_by("sort_order"))
        for place, (table, note) in enumerate(
            zip(tables, self._notes("sign", tables), strict=True)
        ):
            sign = known[place] if place < len(known) else CheckerSign(checker=self.checker)
            sign.cause = self.causes[table["cause"]]
            sign.weight, sign.phrase = table["weight"], table["phrase"]
            _place(sign, place, note)
            self._pick(SignAnswer, sign, {table["question"]: table["options"]})
            self._cite(SignSource, sign, table.get("sources", []))
        _delete(known[len(tables) :])

    def _cases(self) -> None:
        tables = self.documents["cases"]["case"]
        fields = [
            {"text": t["text"], "level": t["level"], "accept": list(t.get("accept", []))}
            for t in tables
        ]
        cases = self._parts(CheckerCase, "case", tables, fields)
        for table, case in zip(tables, cases, strict=True):
            answers = {question: [option] for question, option in table["answers"].items()}
            self._pick(CaseAnswer, case, answers)
            self._name(CaseCause, case, table.get("causes", []))

    def _parts(
        self, model: type[Part], kind: str, tables: Sequence[Plain], fields: Sequence[Plain]
    ) -> list[Part]:
        """Parts in the order of the tables. What the files no longer have goes, but not yet for
        questions and causes, on which others may still rest."""
        known = {part.key: part for part in model._default_manager.filter(checker=self.checker)}
        parts = []
        notes = self._notes(kind, tables)
        for place, (table, values, note) in enumerate(zip(tables, fields, notes, strict=True)):
            part = known.pop(table["key"], None) or model(checker=self.checker, key=table["key"])
            for name, value in values.items():
                setattr(part, name, value)
            _place(part, place, note)
            parts.append(part)
        if model not in (CheckerQuestion, CheckerCause):
            _delete(known.values())
        return parts

    def _forget_causes_and_questions(self, *kept: list[Part]) -> None:
        for model, parts in zip((CheckerCause, CheckerQuestion), kept, strict=True):
            gone = model._default_manager.filter(checker=self.checker)
            _delete(gone.exclude(pk__in=[part.pk for part in parts]))

    def _notes(self, kind: str, tables: Sequence[Plain]) -> list[Note]:
        return list(self.notes.get(kind, [])) or [Note()] * len(tables)

    def _pick(self, model: type[Model], item: Model, answers: Mapping[str, Iterable[str]]) -> None:
        for question, options in answers.items():
            for key in options:
                option = self.options[question, key]
                self._row(model(item_id=item.pk, question_id=option.asked_id, option=option))

    def _name(self, model: type[Model], item: Model, keys: Iterable[str]) -> None:
        for key in keys:
            self._row(model(item_id=item.pk, cause=self.causes[key]))

    def _cite(self, model: type[Model], item: Model, keys: Iterable[str]) -> None:
        for place, key in enumerate(keys):
            if key not in self.sources:
                raise SourceMissing(f"{item}: the library has no source “{key}”")
            self._row(model(item_id=item.pk, source=self.sources[key], sort_order=place))

    def _row(self, row: Model) -> None:
        self.rows.setdefault(type(row), []).append(row)


def _place(part: Part, place: int, note: Note) -> None:
    part.sort_order, part.section, part.note = place, note.section, note.note
    part.save()


def _delete(parts: Iterable[Part]) -> None:
    for part in parts:
        part.delete()

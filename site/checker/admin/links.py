"""From what the gate names to the place where it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from checker.models import (
    Checker,
    CheckerCase,
    CheckerCause,
    CheckerQuestion,
    CheckerRule,
    CheckerSign,
    WorkingCopy,
)
from checker.models.part import Part

MODELS: dict[str, type[Part]] = {
    "question": CheckerQuestion,
    "rule": CheckerRule,
    "case": CheckerCase,
    "cause": CheckerCause,
    "sign": CheckerSign,
}
NAMES = {
    "question": _("Question"),
    "rule": _("Rule"),
    "case": _("Case"),
    "cause": _("Cause"),
    "sign": _("Sign"),
    "ruleset": _("The checker as a whole"),
    "crowd": _("Simulated crowd"),
}


@dataclass(frozen=True)
class Link:
    """A part of the working copy: what it is, how it is called, where it is edited."""

    kind: Any
    name: str
    url: str


class Links:
    """Finds the parts of one working copy by what the gate calls them. Five queries in all."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.parts: dict[str, dict[str, tuple[int, str]]] = {kind: {} for kind in MODELS}
        for kind in ("question", "rule", "case", "cause"):
            parts = MODELS[kind]._default_manager.filter(checker=checker)
            self.parts[kind] = {part.key: (part.pk, str(part)) for part in parts}
        self.parts["sign"] = _signs(checker)

    def __call__(self, kind: str, key: str) -> Link:
        pk, name = self.parts.get(kind, {}).get(key, (None, ""))
        if pk is not None:
            return Link(NAMES[kind], name, edit_url(MODELS[kind], pk))
        return Link(NAMES.get(kind, kind), key, self._list(kind))

    def _list(self, kind: str) -> str:
        model = MODELS.get(kind)
        if model is None:
            return ""
        return reverse(model.snippet_viewset.get_url_name("list"))

    def of(self, where: Mapping[str, Any]) -> Link:
        """The place that a finding of a report names."""
        return self(*where["where"])


def edit_url(model: type[Part | WorkingCopy], pk: int) -> str:
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])


def _signs(checker: Checker) -> dict[str, tuple[int, str]]:
    """By the engine's name for a sign: cause/question/answer+answer."""
    signs = CheckerSign.objects.filter(checker=checker).select_related("cause")
    found = {}
    for sign in signs.prefetch_related("answers__question", "answers__option"):
        answers = sorted(sign.answers.all(), key=lambda answer: answer.option.sort_order or 0)
        if answers:
            options = "+".join(answer.option.key for answer in answers)
            key = f"{sign.cause.key}/{answers[0].question.key}/{options}"
            found[key] = (sign.pk, str(sign))
    return found

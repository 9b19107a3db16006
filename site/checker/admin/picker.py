"""Picking answers: every question with its answers, ticked and never typed. Needs no script."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from checker.models import CheckerOption, CheckerQuestion


class AnswerPicker(forms.CheckboxSelectMultiple):
    """One foldable group a question; groups with a ticked answer stand open."""

    template_name = "checker/admin/widgets/picker.html"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)
        context["groups"] = [
            {"question": question, "options": options, "open": _chosen(options)}
            for question, options, _place in context["widget"]["optgroups"]
        ]
        return render_to_string(self.template_name, context)


def _chosen(options: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(option["label"]) for option in options if option["selected"]]


class OneAnswerPicker(AnswerPicker):
    """At most one answer a question, and a way to take it back."""

    input_type = "radio"

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        for _question, options, place in groups:
            for option in options:
                option["name"] = f"{name}-{place}"
        return groups

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["left_out"] = _("Not said: counts as “not sure”")
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        prefix = f"{name}-"
        return [data[key] for key in data if key.startswith(prefix) and data[key]]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class _ByQuestion(ModelChoiceIterator):
    """Answers in groups, in the order in which the questions are asked."""

    def __iter__(self) -> Iterator[Any]:
        for question, options in groupby(self.queryset, key=lambda option: option.asked):
            yield (
                question.text,
                [(ModelChoiceIteratorValue(o.pk, o), o.text) for o in options],
            )


class AnswersField(forms.ModelMultipleChoiceField):
    """Any number of answers to any number of questions."""

    widget = AnswerPicker
    iterator = _ByQuestion

    def __init__(self, **kwargs: Any) -> None:
        options = CheckerOption.objects.select_related("asked")
        ordered = options.order_by("asked__sort_order", "asked_id", "sort_order")
        kwargs.setdefault("required", False)
        super().__init__(ordered, **kwargs)


class OneAnswerEachField(AnswersField):
    """What one patient answers."""

    widget = OneAnswerPicker

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        for question, options in groupby(chosen, key=lambda option: option.asked):
            if len(list(options)) > 1:
                raise ValidationError(
                    _("Choose one answer only to “%(question)s”."), params={"question": question}
                )
        return chosen


class OneQuestionField(AnswersField):
    """Some answers to a single question."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        asked: set[CheckerQuestion] = {option.asked for option in chosen}
        if len(asked) != 1:
            raise ValidationError(_("Tick answers to one question: a sign is about one question."))
        return chosen

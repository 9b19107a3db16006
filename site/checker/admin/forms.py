"""Edit forms of the working copy."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from checker.admin.picker import AnswersField, OneAnswerEachField, OneQuestionField
from checker.admin.users_of import users_of
from checker.models import (
    CaseAnswer,
    CaseCause,
    Checker,
    CheckerCause,
    QuestionCondition,
    RuleCause,
    RuleCondition,
    SignAnswer,
    TriageLevel,
)
from library.models import CausePage

NAMED = 5
"""So many users of an answer are named before the rest is only counted."""


class CausesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CheckerCause.objects.order_by("sort_order"), required=False, **kwargs)


class PartForm(WagtailAdminModelForm):
    """A part of one checker, which stays its checker. Picked things become rows of the part."""

    #: form field → relation of the part, model of its rows, what a row points to
    picks: ClassVar[dict[str, tuple[str, type[Model], str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checker = self._own_checker()
        for name, (relation, _model, target) in self.picks.items():
            field = self.fields[name]
            path = "asked__checker" if target == "option" else "checker"
            if checker is not None:
                field.queryset = field.queryset.filter(**{path: checker})
            rows = getattr(self.instance, relation).all()
            self.initial.setdefault(name, [getattr(row, f"{target}_id") for row in rows])

    def _own_checker(self) -> Checker | None:
        field = self.fields.get("checker")
        if self.instance.pk:
            if field is not None:
                field.disabled = True
            return self.instance.checker
        only = list(Checker.objects.all()[:2])
        if field is not None and len(only) == 1:
            field.initial = self.initial["checker"] = only[0].pk
            return only[0]
        return None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        checker = cleaned.get("checker")
        for name, (_relation, _model, target) in self.picks.items():
            for chosen in cleaned.get(name) or ():
                owner = chosen.asked.checker if target == "option" else chosen.checker
                if checker and owner != checker:
                    self.add_error(name, _("Pick from one checker only."))
                    break
        return cleaned

    def save(self, commit: bool = True) -> Any:
        for name, (relation, model, target) in self.picks.items():
            if name in self.cleaned_data:
                self._pick(relation, model, target, self.cleaned_data[name])
        return super().save(commit)

    def _pick(self, relation: str, model: type[Model], target: str, chosen: Any) -> None:
        """Rows that stay keep their identity, so that history shows what really changed."""
        manager = getattr(self.instance, relation)
        known = {getattr(row, f"{target}_id"): row for row in manager.all()}
        manager.set([known.get(one.pk) or model(**_row(target, one)) for one in chosen])


def _row(target: str, chosen: Any) -> dict[str, Any]:
    if target == "option":
        return {"option": chosen, "question": chosen.asked}
    return {target: chosen}


class QuestionForm(PartForm):
    asked_after_picked = AnswersField(
        label=_("Asked only after"),
        help_text=_(
            "Tick the answers after which this question is asked. Answers to one question are "
            "joined by “or”, different questions by “and”. Nothing ticked: always asked."
        ),
    )
    picks = {"asked_after_picked": ("asked_after", QuestionCondition, "option")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            field = self.fields["asked_after_picked"]
            field.queryset = field.queryset.exclude(asked=self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        formset = self.formsets.get("options")
        for form in formset.deleted_forms if formset is not None else ():
            users = users_of(form.instance)
            if users:
                self.add_error(None, _refusal(str(form.instance), users))
        return cleaned


def _refusal(option: str, users: list[str]) -> ValidationError:
    named = ", ".join(users[:NAMED])
    if len(users) > NAMED:
        named = _("%(named)s and %(count)s more") % {"named": named, "count": len(users) - NAMED}
    return ValidationError(
        _("The answer “%(option)s” cannot be deleted: it is used by %(users)s. Change them first."),
        params={"option": option, "users": named},
    )


class RuleForm(PartForm):
    when_picked = AnswersField(
        label=_("Holds when"),
        required=True,
        help_text=_(
            "Tick the answers for which this rule holds. Answers to one question are joined by "
            "“or”, different questions by “and”. A question that was not asked does not hold."
        ),
        error_messages={
            "required": _("Tick at least one answer: the rule must depend on something.")
        },
    )
    about_picked = CausesField(
        label=_("About"), help_text=_("The pages of these causes carry the care card line.")
    )
    picks = {
        "when_picked": ("when", RuleCondition, "option"),
        "about_picked": ("about", RuleCause, "cause"),
    }


class CauseForm(PartForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = CausePage.objects.live().order_by("title").values_list("slug", "title")
        choices = dict(pages)
        if self.instance.page and self.instance.page not in choices:
            choices[self.instance.page] = _("%(slug)s (no such page)") % {
                "slug": self.instance.page
            }
        self.fields["page"].widget = forms.Select(choices=[("", "---"), *choices.items()])


class SignForm(PartForm):
    answers_picked = OneQuestionField(
        label=_("Answers that give this sign"), help_text=_("All of one question.")
    )
    picks = {"answers_picked": ("answers", SignAnswer, "option")}


class CaseForm(PartForm):
    accept = forms.MultipleChoiceField(
        label=_("Other levels that a panel would accept"),
        choices=TriageLevel,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answers_picked = OneAnswerEachField(
        label=_("Answers"), help_text=_("What is left out is answered “not sure”.")
    )
    causes_picked = CausesField(
        label=_("Causes that may fit best"),
        help_text=_("Nothing ticked: the truth is none of the checker's own causes."),
    )
    picks = {
        "answers_picked": ("answers", CaseAnswer, "option"),
        "causes_picked": ("causes", CaseCause, "cause"),
    }

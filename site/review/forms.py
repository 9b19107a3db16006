"""What clinicians and those who invite them fill in."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from review.models import ClinicianProfile, ReviewInvitation, ReviewRequest

LINK_DAYS = ((3, _("3 days")), (7, _("1 week")), (14, _("2 weeks")), (30, _("30 days")))


class SignOffForm(forms.Form):
    """``version`` says which text was on the screen; the window fills it in."""

    version = forms.CharField(widget=forms.HiddenInput)
    valid_until = forms.DateField(label=_("Review again by"), required=False, widget=AdminDateInput)
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day and day <= timezone.localdate():
            raise ValidationError(_("Choose a day after today."))
        return day


class NotClinicalForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Why is this not a clinical change?"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For example: a spelling mistake. It goes into the page's history."),
    )


class ClinicianProfileForm(forms.ModelForm):
    """All three or none: whoever does not sign leaves it empty."""

    class Meta:
        model = ClinicianProfile
        fields = ["name", "profession", "registration"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.use_required_attribute = self.instance.pk is None, False

    def save(self, commit: bool = True) -> ClinicianProfile:
        if self.has_changed():
            return super().save(commit)
        return self.instance


class ReviewRequestForm(forms.ModelForm):
    class Meta:
        model = ReviewRequest
        fields = ["due", "reason"]
        widgets = {"due": AdminDateInput, "reason": forms.Textarea({"rows": 3})}
        help_texts = {"reason": _("For example: a guideline that the page stands on has changed.")}


class InvitationForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=_("The link works for"), choices=LINK_DAYS, coerce=int, initial=14
    )
    send = forms.BooleanField(
        label=_("Send the link by e-mail now"),
        required=False,
        initial=True,
        help_text=_("You also see it once on the next screen, to pass it on yourself."),
    )

    class Meta:
        model = ReviewInvitation
        fields = ["name", "email", "note"]
        widgets = {"note": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, refused: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.casefold() in self.refused:
            raise ValidationError(
                _("This address belongs to you or to somebody who wrote part of this page.")
            )
        return email

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class OutsideReviewForm(forms.Form):
    """A clinician without an account answers."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=120,
        help_text=_("As readers will see it, for example Dr Ana Lim."),
        error_messages={"required": _("Write your full name.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    profession = forms.CharField(
        label=_("Your profession"),
        max_length=120,
        help_text=_("Readers see it too, for example general practitioner."),
        error_messages={"required": _("Write your profession.")},
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    registration = forms.CharField(
        label=_("Your professional body and registration number"),
        max_length=120,
        help_text=_("Kept on record. Readers do not see it."),
        error_messages={
            "required": _("Write your professional body and your registration number.")
        },
    )
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=(
            ("signed", _("I have read this page. It is right and safe for readers. I sign it.")),
            ("changes", _("I do not sign it yet. My comment says what should change.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your answer.")},
    )
    comment = forms.CharField(
        label=_("Your comment"),
        required=False,
        help_text=_("The editors of this page read it. Readers do not see it."),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, may_sign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_sign:
            answer = self.fields["answer"]
            answer.choices = answer.choices[1:]  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.add_input(Submit("send", _("Send my answer")))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "changes" and not cleaned.get("comment"):
            self.add_error("comment", _("Write what should change."))
        return cleaned

"""One question a page, and the code of a printed page."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from checker.engine import Question
from checker.releases import LiveRelease
from checker.visit.code import BadCode, read_code

FIELD = "answer"


class QuestionForm(forms.Form):
    """The options of one question as radio buttons. The legend is the question itself.

    The form carries the number of the release it was made from, because a page can lie open while
    the rules change, and then the answer may be to other words.
    """

    release_number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, question: Question, release: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        unanswered = _("Choose one answer. If you do not know, choose that you are not sure.")
        self.fields[FIELD] = forms.ChoiceField(
            label=question.text,
            help_text=question.hint,
            choices=[(option.key, option.text) for option in question.options],
            widget=forms.RadioSelect,
            error_messages={"required": unanswered, "invalid_choice": unanswered},
        )
        self.fields["release_number"].initial = release
        self.helper = FormHelper()
        self.helper.layout = Layout(FIELD, "release_number")
        self.helper.add_input(Submit("next", _("Next")))

    @property
    def option(self) -> str:
        return str(self.cleaned_data[FIELD])

    @property
    def release(self) -> int | None:
        """The release that the page was made from, as the form says."""
        number: int | None = self.cleaned_data.get("release_number")
        return number

    def ask_again(self) -> None:
        """Shown with the words of today, nothing chosen."""
        current = self.fields["release_number"].initial
        self.data = {"release_number": current}
        self.add_error(
            FIELD, _("This question has just been changed. Read it again and choose one answer.")
        )


class ReplayForm(forms.Form):
    """The code of a printed page. ``release`` and ``answers`` are there once it is valid."""

    code = forms.CharField(
        label=_("Code on the printed page"),
        help_text=_("Letters and numbers in groups of four. Capital or small letters both work."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that stands under the square on the page.")},
    )

    def __init__(self, checker: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checker = checker
        self.helper = FormHelper()
        self.helper.layout = Layout("code")
        self.helper.form_error_title = _("This visit cannot be shown")
        self.helper.add_input(Submit("replay", _("Show this visit")))

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        try:
            self.release: LiveRelease
            self.release, self.answers = read_code(self.checker, code)
        except BadCode as error:
            raise forms.ValidationError(str(error.message)) from error
        return code

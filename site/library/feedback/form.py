from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.models.feedback import MOST_WORDS, Feedback


class FeedbackForm(forms.ModelForm):
    """Yes or no, and a box for words. Asks for no name and no address."""

    clear = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Choose yes or no.")},
    )

    class Meta:
        model = Feedback
        fields = ["clear", "words"]
        error_messages = {
            "words": {
                "max_length": _("Use at most %(limit_value)d letters, or send it in two parts.")
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words: Any = self.fields["words"]
        words.max_length = MOST_WORDS

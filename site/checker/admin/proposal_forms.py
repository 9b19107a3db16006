from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput


def _words(label: Any, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=AdminAutoHeightTextInput
    )


class ProposeForm(forms.Form):
    """A note; where somebody would get a lower level, a tick and a reason of their own."""

    note = _words(
        _("What changes, and why"),
        _("Kept with the release. Readers see it too, on “What changed and why” and in its feed."),
    )

    def __init__(self, *args: Any, lowers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lowers:
            self.fields["lower_ok"] = forms.BooleanField(
                label=_("I have read who would be given a lower level, and I propose it on purpose")
            )
            self.fields["lower_reason"] = _words(_("Why this is safe"), _("Name the source."))


class ApproveForm(forms.Form):
    answer = _words(_("Answer"), _("Optional when you approve."), required=False)

    def __init__(self, *args: Any, lowers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lowers:
            self.fields["lower_ok"] = forms.BooleanField(
                label=_("I have read who gets a lower level, and I agree that it is safe")
            )


class RejectForm(forms.Form):
    answer = _words(_("Why not, and what to mend"))


class SwitchForm(forms.Form):
    reason = _words(_("Why"), _("For your colleagues. Kept in the log."))

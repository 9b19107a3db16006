"""The step of Wagtail's workflow at which a clinician signs."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from review.signing import (
    Signer,
    check_version,
    mark_not_clinical,
    sign,
    why_not_mark,
    why_not_sign,
)

Actions = list[tuple[str, Any, bool]]


class ClinicalSignOffTask(AbstractGroupApprovalTask):
    """Approved by the signature of a clinician who wrote none of it.

    Unlike Wagtail's own task it makes no exception for superusers: to sign is an act of a
    profession, and an account's powers do not come with one.
    """

    class Meta:
        verbose_name = _("clinical sign-off")
        verbose_name_plural = _("clinical sign-offs")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A clinician who wrote none of the changes signs the page"))

    def get_actions(self, obj: Any, user: Any) -> Actions:
        member = self._user_in_groups(user)
        actions: Actions = []
        if member and not why_not_sign(obj, user):
            actions.append(("approve", _("Sign off"), True))
        if member and not why_not_mark(obj, user):
            actions.append(("not_clinical", _("Not a clinical change: publish"), True))
        if member or user.is_superuser:
            actions.append(("reject", _("Request changes"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        from review.forms import NotClinicalForm, SignOffForm

        own = {"approve": SignOffForm, "not_clinical": NotClinicalForm}
        form: type[forms.Form] = own.get(action) or super().get_form_for_action(action)
        return form

    def get_template_for_action(self, action: str) -> str:
        own = ("approve", "not_clinical")
        return "review/admin/sign_modal.html" if action in own else ""

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **data: Any) -> None:
        """The gate. The editor's form posts its data unchecked, so all is checked here again."""
        page = task_state.workflow_state.content_object.specific
        if action_name not in {name for name, _label, _modal in self.get_actions(page, user)}:
            raise PermissionDenied
        form = self.get_form_for_action(action_name)(data)
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        cleaned = form.cleaned_data
        if action_name == "reject":
            task_state.reject(user=user, comment=cleaned["comment"])
            return
        check_version(page, cleaned["version"])
        # A reviewer may have changed the page since it was handed in. What is published, and so
        # what is signed, is the newest version.
        task_state.revision = revision = page.latest_revision
        if action_name == "approve":
            until, comment = cleaned["valid_until"], cleaned["comment"]
            sign(page, revision, Signer.of(user), valid_until=until, comment=comment)
        else:
            mark_not_clinical(page, revision, user, cleaned["comment"])
        task_state.approve(user=user, comment=cleaned["comment"])

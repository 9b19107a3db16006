"""Giving pages an owner: who is reminded of their reviews. Several at once, from any listing."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.log_actions import log


def possible_owners() -> QuerySet[Any]:
    """People with a role, and superusers."""
    users = get_user_model()._default_manager.filter(is_active=True)
    return (users.filter(groups__isnull=False) | users.filter(is_superuser=True)).distinct()


class OwnerForm(forms.Form):
    owner: Any = forms.ModelChoiceField(label=_("Owner"), queryset=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners()  # type: ignore[attr-defined]


class SetOwnerBulkAction(PageBulkAction):
    display_name = _("Set owner")
    action_type = "set_owner"
    aria_label = _("Set the owner of the selected pages")
    template_name = "review/admin/set_owner.html"
    action_priority = 60
    form_class = OwnerForm

    def check_perm(self, page: Any) -> bool:
        """Owners may edit their pages, so only those who may give that away: publishers."""
        allowed: bool = page.permissions_for_user(self.request.user).can_publish()
        return allowed

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), **self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(
        cls, objects: list[Any], user: Any = None, owner: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        for page in objects:
            page.owner = owner
            page.save(update_fields=["owner"], clean=False)
            name = owner.get_username()
            log(instance=page, action="review.owner", user=user, data={"owner": name})
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        one, more = "%d page has a new owner", "%d pages have a new owner"
        return ngettext(one, more, num_parent_objects) % num_parent_objects

"""Signing on a screen of its own.

Wagtail would send the editor's whole form along with a signature, and save it first. Any difference
in how the form writes the same words would then be a new version, written by the one who signs it.
"""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from review.differences import since_last_sign_off
from review.models import ClinicalSignOffTask
from review.signing import profile_of, version, why_not_sign

#: What a clinician does here. Asking for changes stays in Wagtail's own window.
ACTIONS = ("approve", "not_clinical")


class SignView(WagtailAdminTemplateMixin, FormView):
    template_name = "review/admin/sign.html"
    header_icon = "clipboard-list"

    @cached_property
    def page(self) -> Any:
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    @cached_property
    def task(self) -> ClinicalSignOffTask:
        task = self.page.current_workflow_task
        if not isinstance(task, ClinicalSignOffTask):
            raise Http404
        return task

    @property
    def action(self) -> str:
        return str(self.kwargs["action"])

    @cached_property
    def label(self) -> str:
        offered = self.task.get_actions(self.page, self.request.user)
        labels = {name: str(label) for name, label, _modal in offered if name in ACTIONS}
        return labels.get(self.action, "")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.label:
            reason = why_not_sign(self.page, request.user)
            messages.error(request, reason or _("You cannot do this now."))
            return redirect("wagtailadmin_home")
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_page_title(self) -> str:
        return f"{self.label}: {self.page.get_admin_display_title()}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            {"url": url, "label": self.page.get_admin_display_title()},
            {"url": "", "label": self.label},
        ]

    def get_form_class(self) -> type[forms.Form]:
        return self.task.get_form_for_action(self.action)

    def get_initial(self) -> dict[str, str]:
        return {"version": version(self.page.latest_revision)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        draft = self.page.get_latest_revision_as_object()
        context.update(
            page=self.page,
            action=self.action,
            action_url=self.request.path,
            signer=profile_of(self.request.user),
            sources=draft.review_sources(),
            differences=since_last_sign_off(self.page.latest_revision, draft, self.request),
            submit_button_label=self.label,
            media=context["form"].media,
        )
        return context

    def form_valid(self, form: forms.Form) -> HttpResponse:
        state = self.page.current_workflow_task_state
        self.task.on_action(state, self.request.user, self.action, **form.cleaned_data)
        title = self.page.get_admin_display_title()
        messages.success(self.request, _("“%s” is published.") % title)
        return redirect("wagtailadmin_home")


class SignMenuItem(ActionMenuItem):
    """Leads from the editor to the screen where the page is signed."""

    icon_name = "success"

    def __init__(self, item: WorkflowMenuItem) -> None:
        super().__init__(order=item.order)
        self.action, self.label = item.name, item.label

    def get_url(self, parent_context: Any) -> str:
        return reverse("review_admin:sign", args=[parent_context["page"].pk, self.action])


def lead_to_signing(menu_items: list[Any], page: Any) -> None:
    """Replace Wagtail's own buttons for these actions."""
    if page is None or not isinstance(page.current_workflow_task, ClinicalSignOffTask):
        return
    for index, item in enumerate(menu_items):
        if isinstance(item, WorkflowMenuItem) and item.name in ACTIONS:
            menu_items[index] = SignMenuItem(item)

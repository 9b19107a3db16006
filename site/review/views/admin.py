"""Inviting a reviewer and asking for a review, from a page in the editor."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from review import invitations
from review.forms import InvitationForm, ReviewRequestForm
from review.mail import send_link
from review.models import ReviewInvitation
from review.requests import ask_for_review


def editable_page(user: Any, page_id: int) -> Any:
    """A page that is reviewed at all and that this person may edit."""
    page = get_object_or_404(Page, pk=page_id).specific
    reviewed = hasattr(page, "review_status") and page.latest_revision_id
    if not reviewed or not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return page


class PageFormView(WagtailAdminTemplateMixin, FormView):
    """A form about one page."""

    template_name = "wagtailadmin/generic/form.html"
    submit_button_label: Any = ""
    permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        return cast(HttpResponse, response)

    @cached_property
    def page(self) -> Any:
        return editable_page(self.request.user, self.kwargs["page_id"])

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": self.editor, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def editor(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            page_subtitle=f"{self.get_page_title()}: {self.get_page_subtitle()}",
            action_url=self.request.path,
            submit_button_label=self.submit_button_label,
            media=context["form"].media,
        )
        return context


class InviteView(PageFormView):
    page_title = gettext_lazy("Invite an outside reviewer")
    header_icon = "mail"
    form_class = InvitationForm
    permission = "review.add_reviewinvitation"
    submit_button_label = gettext_lazy("Make the link")

    def get_form_kwargs(self) -> dict[str, Any]:
        refused = invitations.refused_addresses(self.page, self.request.user)
        return {**super().get_form_kwargs(), "refused": refused}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        invitation = form.save(commit=False)
        link = invitations.invite(invitation, self.page, self.request.user, form.lasts)
        sent = form.cleaned_data["send"] and send_link(invitation, link)
        context = self.get_context_data(form=form) | {
            "invitation": invitation,
            "link": link,
            "sent": sent,
            "failed": form.cleaned_data["send"] and not sent,
            "editor": self.editor,
        }
        # Shown in the answer itself: the link is stored nowhere it could be read again.
        return render(self.request, "review/admin/invited.html", context)


class RequestView(PageFormView):
    page_title = gettext_lazy("Ask for a review")
    header_icon = "calendar-alt"
    form_class = ReviewRequestForm
    permission = "review.add_reviewrequest"
    submit_button_label = gettext_lazy("Ask for a review")

    def form_valid(self, form: ReviewRequestForm) -> HttpResponse:
        due, reason = form.cleaned_data["due"], form.cleaned_data["reason"]
        ask_for_review(self.page, reason, due=due, user=self.request.user)
        messages.success(self.request, _("The page is on the review list."))
        return redirect(self.editor)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever sent a link, or may change any, can take it back."""
    invitation = get_object_or_404(ReviewInvitation, pk=pk)
    own = invitation.invited_by_id == request.user.pk
    if not own and not request.user.has_perm("review.change_reviewinvitation"):
        raise PermissionDenied
    page = editable_page(request.user, invitation.page_id)
    if invitations.withdraw(invitation, request.user):
        messages.success(request, _("The link no longer works."))
    else:
        messages.error(request, _("The link had already ended."))
    return redirect("wagtailadmin_pages:edit", page.pk)


invite = never_cache(InviteView.as_view())
ask = RequestView.as_view()

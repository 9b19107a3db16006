"""The page behind a review link: read, compare, answer. Nothing here can be found or kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from review import invitations
from review.differences import since_last_sign_off
from review.forms import OutsideReviewForm
from review.mail import tell_inviter
from review.models import ReviewInvitation

View = Callable[[HttpRequest, ReviewInvitation], HttpResponse]


def by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Hand the view an open invitation; to any other link give a plain page that says no more."""

    @wraps(view)
    @never_cache
    @sensitive_variables("key")
    def wrapper(request: HttpRequest, key: str) -> HttpResponse:
        invitation = invitations.find(key)
        state = invitation.state if invitation else "unknown"
        if invitation is not None and state == "open":
            response = view(request, invitation)
        else:
            status = 404 if invitation is None else 410
            response = render(request, "review/link_ended.html", {"state": state}, status=status)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def review(request: HttpRequest, invitation: ReviewInvitation) -> HttpResponse:
    """The draft, what changed, the sources, and a form to answer."""
    problem = invitations.why_not_sign_outside(invitation, request.user)
    data = request.POST if request.method == "POST" else None
    form = OutsideReviewForm(data, may_sign=not problem, initial={"name": invitation.name})
    if data is not None and form.is_valid():
        cleaned = form.cleaned_data
        signs = cleaned["answer"] == ReviewInvitation.Outcome.SIGNED
        problem = invitations.why_not_sign_outside(invitation, request.user, cleaned["name"])
        if signs and problem:
            form.add_error("name", problem)
        elif invitations.answer(invitation, cleaned, request.user):
            tell_inviter(invitation)
            return render(request, "review/thanks.html", {"invitation": invitation})
        else:
            return render(request, "review/link_ended.html", {"state": "used"}, status=410)
    elif request.method == "GET":
        invitations.opened(invitation)
    return render(request, "review/outside.html", _context(request, invitation, form, problem))


def _context(
    request: HttpRequest, invitation: ReviewInvitation, form: OutsideReviewForm, problem: str
) -> dict[str, Any]:
    draft = invitation.revision.as_object()
    return {
        "invitation": invitation,
        "draft": draft,
        "sources": draft.review_sources(),
        "differences": since_last_sign_off(invitation.revision, draft, request),
        "form": form,
        "problem": problem,
    }


@require_GET
@by_link
def preview(request: HttpRequest, invitation: ReviewInvitation) -> HttpResponse:
    """The invited version, as readers would see it."""
    draft = invitation.revision.as_object()
    response: HttpResponse = draft.make_preview_request(request, draft.default_preview_mode)
    return response

"""Proposing a release, and deciding about it."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from checker.admin.compare import changed_entries
from checker.admin.page import page_head
from checker.admin.permissions import APPROVE, PROPOSE, TAKE_DOWN, WORKBENCH, allowed
from checker.admin.proposal_forms import ApproveForm, ProposeForm, RejectForm, SwitchForm
from checker.models import Checker, Release, ReleaseProposal, WorkingCopy
from checker.proposals import (
    ProposalRefused,
    approve,
    propose,
    propose_to_restore,
    reject,
    switch,
    withdraw,
)
from checker.working_copy.documents import documents_of
from checker.working_copy.report import Report, current_report, make_report

FORM = ["GET", "POST"]


@require_http_methods(FORM)
@allowed(PROPOSE)
def propose_view(request: HttpRequest, name: str) -> HttpResponse:
    """Propose the working copy as the next release."""
    working_copy = get_object_or_404(
        WorkingCopy.objects.select_related("checker"), checker__name=name
    )
    report = current_report(working_copy)
    form = ProposeForm(request.POST or None, lowers=report["lowers"])
    if request.method == "POST" and form.is_valid():
        return _try_to_propose(request, working_copy, form.cleaned_data)
    context = {
        **_proposal_context(working_copy.checker, documents_of(working_copy), report),
        **page_head(_("Propose a release")),
        "header_icon": "upload",
        "form": form,
    }
    return TemplateResponse(request, "checker/admin/propose.html", context)


def _try_to_propose(
    request: HttpRequest, source: WorkingCopy | Release, data: dict[str, Any]
) -> HttpResponse:
    user, note, reason = _user(request), data["note"], data.get("lower_reason", "")
    try:
        if isinstance(source, Release):
            proposal = propose_to_restore(source, user, note, reason)
        else:
            proposal = propose(source, user, note, reason)
    except ProposalRefused as error:
        messages.error(request, str(error))
        return redirect(request.path)
    messages.success(request, _("Proposed. A second person can now approve it."))
    return redirect("checker_admin:proposal", proposal.pk)


@require_http_methods(FORM)
@allowed(PROPOSE)
def restore_view(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Propose an older release once more."""
    release = get_object_or_404(Release, checker__name=name, number=number)
    checker = release.checker
    report = make_report(release.snapshot, release.crowd, checker.live)
    form = ProposeForm(request.POST or None, lowers=report["lowers"])
    if request.method == "POST" and form.is_valid():
        return _try_to_propose(request, release, form.cleaned_data)
    context = {
        **_proposal_context(checker, release.snapshot, report),
        **page_head(_("Put release %(number)s back") % {"number": number}),
        "header_icon": "resubmit",
        "form": form,
        "restores": release,
    }
    return TemplateResponse(request, "checker/admin/propose.html", context)


@require_safe
@allowed(WORKBENCH)
def proposals(request: HttpRequest) -> HttpResponse:
    found = ReleaseProposal.objects.select_related("checker", "author", "decider", "release")
    context = {
        **page_head(_("Proposals")),
        "header_icon": "upload",
        "proposals": found.defer("snapshot", "crowd", "report"),
    }
    return TemplateResponse(request, "checker/admin/proposals.html", context)


@require_http_methods(FORM)
@allowed(WORKBENCH)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the second person needs for a decision; the decision itself."""
    found = get_object_or_404(ReleaseProposal.objects.select_related("checker", "base"), pk=pk)
    own = found.author_id == request.user.pk
    may_decide = found.is_open and not own and request.user.has_perm(APPROVE)
    posted = request.POST if request.POST.get("step") == "approve" else None
    form = ApproveForm(posted, lowers=found.lowers)
    if posted and form.is_valid():
        return _step(request, found, "approve", form.cleaned_data)
    context = {
        **_proposal_context(found.checker, found.snapshot, found.report, found.base),
        **page_head(str(found)),
        "header_icon": "upload",
        "proposal": found,
        "form": form if may_decide else None,
        "reject_form": RejectForm(auto_id="reject_%s") if may_decide else None,
        "own": own,
        "overtaken": found.is_open and found.base_id != found.checker.live_id,
    }
    return TemplateResponse(request, "checker/admin/proposal.html", context)


@require_POST
@allowed(PROPOSE, APPROVE)
def decide(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Reject or withdraw."""
    found = get_object_or_404(ReleaseProposal, pk=pk)
    return _step(request, found, step, {"answer": request.POST.get("answer", "")})


def _step(
    request: HttpRequest, found: ReleaseProposal, step: str, data: dict[str, Any]
) -> HttpResponse:
    user = _user(request)
    try:
        if step == "withdraw":
            withdraw(found, user)
            messages.success(request, _("Withdrawn."))
        elif not request.user.has_perm(APPROVE):
            messages.error(request, _("Only a safety lead decides about releases."))
        elif step == "approve":
            release = approve(found, user, data["answer"], lower_ok=data.get("lower_ok", False))
            messages.success(request, _("Release %(number)s is live.") % {"number": release.number})
        else:
            reject(found, user, data["answer"])
            messages.success(request, _("Rejected. The person who proposed it can read why."))
    except ProposalRefused as error:
        messages.error(request, str(error))
    return redirect("checker_admin:proposal", found.pk)


@require_http_methods(FORM)
@allowed(TAKE_DOWN, APPROVE)
def switch_view(request: HttpRequest, name: str) -> HttpResponse:
    """Down to “When to get help” is a quick, safe step. Open again needs a safety lead."""
    checker = get_object_or_404(Checker, name=name)
    down = not checker.is_down
    may = request.user.has_perm(TAKE_DOWN if down else APPROVE)
    form = SwitchForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        switch(checker, _user(request), down, form.cleaned_data["reason"])
        text = _("The checker is taken down.") if down else _("The checker is open again.")
        messages.success(request, text)
        return redirect("checker_admin:workbench", name)
    context = {
        **page_head(_("Take the checker down") if down else _("Open the checker again")),
        "header_icon": "no-view" if down else "view",
        "checker": checker,
        "down": down,
        "form": form if may else None,
    }
    return TemplateResponse(request, "checker/admin/switch.html", context)


def _proposal_context(
    checker: Checker, snapshot: dict[str, Any], report: Report, base: Release | None = None
) -> dict[str, Any]:
    old = base or checker.live
    return {
        "checker": checker,
        "report": report,
        "changes": report["diff"],
        "entries": changed_entries(old.snapshot, snapshot) if old else [],
        "base": old,
        "errors": [one for one in report["findings"] if one["severity"] == "error"],
    }


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user

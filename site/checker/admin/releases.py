"""The releases: who made them, what they hold, what differs between any two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checker.admin.compare import advice_changes, changed_entries
from checker.admin.page import page_head
from checker.admin.permissions import PROPOSE, WORKBENCH, allowed
from checker.engine import Ruleset
from checker.models import Checker, Release
from checker.releases import checked_rules


@require_safe
@allowed(WORKBENCH)
def releases(request: HttpRequest) -> HttpResponse:
    found = Release.objects.select_related("checker", "author", "approver")
    context = {
        **page_head(_("Releases")),
        "header_icon": "history",
        "checkers": Checker.objects.order_by("name"),
        "releases": found.defer("snapshot", "crowd").order_by("checker__name", "-number"),
        "may_propose": request.user.has_perm(PROPOSE),
    }
    return TemplateResponse(request, "checker/admin/releases.html", context)


@require_safe
@allowed(WORKBENCH)
def release(request: HttpRequest, name: str, number: int) -> HttpResponse:
    found = get_object_or_404(
        Release.objects.select_related("checker__live", "author", "approver"),
        checker__name=name,
        number=number,
    )
    context = {
        **page_head(str(found)),
        "header_icon": "history",
        "release": found,
        "is_live": found.checker.live_id == found.pk,
        "unbroken": checked_rules(found) is not None,
        "others": found.checker.releases.exclude(pk=found.pk).defer("snapshot", "crowd", "gate"),
        "may_propose": request.user.has_perm(PROPOSE),
    }
    return TemplateResponse(request, "checker/admin/release.html", context)


@require_safe
@allowed(WORKBENCH)
def compare(request: HttpRequest, name: str) -> HttpResponse:
    """Any two releases of a checker: ``?from=1&to=2``."""
    old, new = (_chosen(request, name, which) for which in ("from", "to"))
    context = {
        **page_head(
            _("From release %(old)s to release %(new)s") % {"old": old.number, "new": new.number}
        ),
        "header_icon": "history",
        "old": old,
        "new": new,
        "changes": advice_changes(_rules(old), _rules(new)),
        "entries": changed_entries(old.snapshot, new.snapshot),
    }
    return TemplateResponse(request, "checker/admin/compare.html", context)


def _chosen(request: HttpRequest, name: str, which: str) -> Release:
    number = request.GET.get(which, "")
    if not number.isdecimal():
        raise Http404("Choose two releases.")
    return get_object_or_404(Release, checker__name=name, number=int(number))


def _rules(found: Release) -> Ruleset:
    ruleset = checked_rules(found)
    if ruleset is None:
        raise Http404("This release was changed in the database and is not shown.")
    return ruleset

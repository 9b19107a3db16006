"""“Try the working copy”: the patient's own pages, walked on rules that are not released.

The visit's views, templates and cookie are the public ones. Only what they stand on is exchanged,
for this one request: the release, and the addresses (so that the cookie, too, stays in the admin).
"""

from functools import lru_cache
from types import ModuleType
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import (
    get_resolver,
    get_script_prefix,
    get_urlconf,
    include,
    path,
    resolve,
    reverse,
    set_urlconf,
)
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from wagtail.admin import messages

from checker.admin.permissions import WORKBENCH, allowed
from checker.engine import RulesError
from checker.models import WorkingCopy
from checker.models.release import digest_of
from checker.releases import LiveRelease, trying
from checker.working_copy.documents import documents_of, ruleset_of

UNRELEASED = 0  # releases are numbered from 1


@lru_cache(maxsize=1)
def _addresses() -> Any:
    """The site's addresses with the checker's pages under the admin."""
    here = reverse("checker_admin:index", urlconf=settings.ROOT_URLCONF)
    prefix = here.removeprefix(get_script_prefix()) + "try/"
    module = ModuleType("checker.admin.try_urls")
    public = get_resolver(settings.ROOT_URLCONF).url_patterns
    module.urlpatterns = [path(prefix, include("checker.urls")), *public]  # type: ignore[attr-defined]
    return module


@allowed(WORKBENCH)
def try_it(request: HttpRequest, name: str, rest: str) -> HttpResponse:
    """Answer as the public page would, on the working copy."""
    working_copy = get_object_or_404(
        WorkingCopy.objects.select_related("checker"), checker__name=name
    )
    try:
        unreleased = _unreleased(working_copy)
    except RulesError:
        messages.error(request, _("The working copy is not whole yet. Mend what the gate names."))
        return redirect("checker_admin:workbench", name)
    request.unreleased = True  # type: ignore[attr-defined]
    return _walk(request, unreleased)


def _unreleased(working_copy: WorkingCopy) -> LiveRelease:
    return LiveRelease(
        checker=working_copy.checker.name,
        title=working_copy.title,
        number=UNRELEASED,
        created=timezone.now(),
        digest=digest_of(documents_of(working_copy)),
        ruleset=ruleset_of(working_copy),
        is_down=False,
    )


def _walk(request: HttpRequest, unreleased: LiveRelease) -> HttpResponse:
    before, urlconf = get_urlconf(), _addresses()
    set_urlconf(urlconf)
    try:
        match = resolve(request.path_info, urlconf)
        if match.app_name != "checker":
            raise Http404("There is no such page in a visit.")
        request.resolver_match = match
        with trying(unreleased):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    finally:
        set_urlconf(before)
    add_never_cache_headers(response)
    return response

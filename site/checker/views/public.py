"""The rules are public: in plain words, on paper, for other software. The same for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from checker.levels import WORDS
from checker.public.certificate import certificate_of, certificates
from checker.public.fhir import CONTENT_TYPE
from checker.public.fhir import questionnaire as fhir_questionnaire
from checker.public.paper import paper_of
from checker.public.plain import in_plain_words
from checker.releases import LiveRelease, release_by_number
from checker.views.guard import find_release

KEEP_SECONDS = 300  # a release never changes, but which one is live does


def cacheable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing here depends on who asks, so any cache may answer for a few minutes."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=KEEP_SECONDS)
        return response

    return wrapped


@require_safe
@cacheable
def rules(request: HttpRequest, name: str) -> HttpResponse:
    """How the checker decides now."""
    return _plain(request, find_release(name))


@require_safe
@cacheable
def releases(request: HttpRequest, name: str) -> HttpResponse:
    """Every release there ever was, newest first."""
    context = {"title": find_release(name).title, "name": name, "certificates": certificates(name)}
    return render(request, "checker/releases.html", context)


@require_safe
@cacheable
def release(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One release, live or not, in plain words."""
    return _plain(request, _numbered(name, number))


@require_safe
@cacheable
def questionnaire(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The questions of a release as an HL7 FHIR R4 Questionnaire."""
    found = _numbered(name, number)
    response = JsonResponse(
        fhir_questionnaire(found, is_live=found.is_live),
        content_type=CONTENT_TYPE,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    response["Content-Disposition"] = f'attachment; filename="{name}-{number}-questionnaire.json"'
    return response


@require_safe
@cacheable
def paper(request: HttpRequest, name: str) -> HttpResponse:
    """The whole checker as a list to print and tick."""
    found = find_release(name)
    if found.is_down:
        return redirect("checker:start", name)
    twin = paper_of(found.ruleset)
    context = {
        "title": found.title,
        "release": found,
        "parts": [
            {
                "questions": part.questions,
                "verdicts": [
                    {"verdict": verdict, "words": WORDS[verdict.level]} for verdict in part.verdicts
                ],
            }
            for part in twin.parts
        ],
        "otherwise": WORDS[twin.otherwise],
    }
    return render(request, "checker/paper.html", context)


def _numbered(name: str, number: int) -> LiveRelease:
    found = release_by_number(name, number)
    if found is None:
        raise Http404("There is no such release, or it cannot be shown.")
    return found


def _plain(request: HttpRequest, found: LiveRelease) -> HttpResponse:
    context = {
        "title": found.title,
        "name": found.checker,
        "release": found,
        "plain": in_plain_words(found.ruleset),
        "certificate": certificate_of(found.checker, found.number),
    }
    return render(request, "checker/rules.html", context)

"""What every page of a visit needs: its release, its answers, and that nobody keeps a copy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from checker.forms import FIELD
from checker.releases import LiveRelease, live_release
from checker.visit.cookie import AnswersLost, forget_answers, keep_answers
from checker.visit.state import Visit, visit_of
from library.limits import CHECKER, too_often, wait

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """No cache keeps a page of the checker, and no address of it travels on.

    Who asks too often waits, but never for the advice of an emergency.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, name: str, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = wait(request, CHECKER)
        if seconds and not _emergency(request, name, *args, **kwargs):
            return too_often(request, seconds)
        response = view(request, name, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def with_visit(view: View) -> View:
    """Give the view its Visit; a lost cookie leads to the first page, which says what happened."""

    @private
    @wraps(view)
    def wrapped(request: HttpRequest, name: str, *args: Any, **kwargs: Any) -> HttpResponse:
        release = find_release(name)
        if release.is_down:
            return redirect("checker:start", name)
        try:
            visit = visit_of(request, release)
        except AnswersLost:
            return answers_lost(name)
        response = view(request, visit, *args, **kwargs)
        if visit.updated and response.status_code == 200:
            # The page has said that the questions changed; from here on the visit is on these.
            keep_answers(response, name, release.number, visit.answers)
        return response

    return wrapped


def _emergency(request: HttpRequest, name: str, key: str = "") -> bool:
    """Whether the answers given so far, and the one being given, are those of an emergency."""
    try:
        visit = visit_of(request, find_release(name))
    except AnswersLost:
        return False
    question = visit.ruleset.question_by_key.get(key)
    option = request.POST.get(FIELD, "")
    if question is not None and option in question.option_keys:
        visit.answers[key] = option
    return bool(visit.answers) and visit.is_emergency


def answers_lost(name: str) -> HttpResponse:
    response = redirect(reverse("checker:start", args=[name]) + "?ended=1")
    forget_answers(response, name)
    return response


def find_release(name: str) -> LiveRelease:
    release = live_release(name)
    if release is None:
        raise Http404("There is no such checker, or none of its releases can be shown.")
    return release


def page(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page inside a visit, with what all of them show."""
    shared = {
        "title": visit.release.title,
        "release": visit.release,
        "updated": visit.updated,
        "delete_url": visit.url("delete"),
    }
    return render(request, template, {**shared, **context}, status=status)

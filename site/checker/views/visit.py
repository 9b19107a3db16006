"""The patient's way through a checker, one question a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checker.care import all_cards
from checker.engine import Level, Question
from checker.forms import FIELD, QuestionForm
from checker.releases import release_by_number
from checker.views.guard import answers_lost, find_release, page, private, with_visit
from checker.visit.cookie import forget_answers, keep_answers
from checker.visit.result import answer_rows
from checker.visit.state import Visit, same_question


@require_safe
@private
def start(request: HttpRequest, name: str) -> HttpResponse:
    """What the checker does, the emergency signs, and the way in (or that it is taken down)."""
    release = find_release(name)
    context = {"title": release.title, "name": name, "release": release}
    if release.is_down:
        context["cards"] = all_cards(release.ruleset)
        return render(request, "checker/down.html", context)
    context |= {
        "cards": all_cards(release.ruleset, [Level.EMERGENCY]),
        "ended": "ended" in request.GET,
        "deleted": "deleted" in request.GET,
        "begin_url": reverse("checker:begin", args=[name]),
    }
    return render(request, "checker/start.html", context)


@require_safe
@private
def begin(request: HttpRequest, name: str) -> HttpResponse:
    """Begin afresh: earlier answers go first, but not for a browser that only looks ahead."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=503)
    release = find_release(name)
    first = Visit(release, {}).next_url()
    response = redirect("checker:start", name) if release.is_down else redirect(first)
    forget_answers(response, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def question(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Ask one question, or take its answer. A question that is not due leads to the one that is."""
    wanted = visit.ruleset.question_by_key.get(key)
    if wanted is None:
        context = {"next_url": visit.next_url()}
        return page(request, visit, "checker/unknown_question.html", context, status=404)
    asked, due = visit.asked(), visit.due()
    if key not in asked and (due is None or due.key != key):
        return redirect(visit.next_url()) if visit.begun else answers_lost(visit.name)
    if request.method != "POST":
        form = QuestionForm(wanted, visit.release.number, initial={FIELD: visit.answers.get(key)})
        return _ask(request, visit, form, asked)
    form = QuestionForm(wanted, visit.release.number, request.POST)
    if form.is_valid() and not _reworded(visit, wanted, form):
        return _answered(visit, wanted, form.option)
    return _ask(request, visit, form, asked)


def _reworded(visit: Visit, question: Question, form: QuestionForm) -> bool:
    """The page is older than a release that asks this in other words: ask again, do not guess."""
    if form.release in (None, visit.release.number):
        return False
    old = release_by_number(visit.name, form.release)
    if old is not None and same_question(old.ruleset, visit.ruleset, question.key):
        return False
    form.ask_again()
    return True


def _answered(visit: Visit, question: Question, option: str) -> HttpResponse:
    visit.answers[question.key] = option
    response = redirect(visit.next_url())
    keep_answers(response, visit.name, visit.release.number, visit.answers)
    return response


def _ask(request: HttpRequest, visit: Visit, form: QuestionForm, asked: list[str]) -> HttpResponse:
    key = form.question.key
    before = asked[: asked.index(key)] if key in asked else asked
    context = {
        "form": form,
        "question": form.question,
        "asked_before": len(before),
        "back_url": visit.url("question", before[-1]) if before else visit.url("start"),
    }
    status = 422 if form.errors else 200
    return page(request, visit, "checker/question.html", context, status)


@require_safe
@with_visit
def answers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Check your answers: each with a way to change it."""
    if not visit.begun:
        return answers_lost(visit.name)
    if visit.due() is not None:
        return redirect(visit.next_url())
    asked = visit.asked()
    context = {
        "rows": [{"row": row, "change_url": row.change_url} for row in answer_rows(visit, asked)],
        "back_url": visit.url("question", asked[-1]),
        "result_url": visit.url("result"),
    }
    return page(request, visit, "checker/answers.html", context)


@require_POST
@private
def delete(request: HttpRequest, name: str) -> HttpResponse:
    """Delete my answers: the cookie goes, and with it everything."""
    find_release(name)
    response = redirect(reverse("checker:start", args=[name]) + "?deleted=1")
    forget_answers(response, name)
    return response

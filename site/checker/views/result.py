"""What comes out of a visit: the advice, the page for the doctor, the download, the replay."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from checker.forms import ReplayForm
from checker.public.fhir import CONTENT_TYPE, questionnaire_response
from checker.views.guard import answers_lost, find_release, page, private, with_visit
from checker.visit.code import make_code
from checker.visit.doctor import build_sheet
from checker.visit.result import build_result
from checker.visit.state import Visit
from library.qr import qr_svg


def _not_yet(visit: Visit) -> HttpResponse | None:
    """Where a visit goes that is not ready for its advice; None where it is."""
    if not visit.begun:
        return answers_lost(visit.name)
    if visit.due() is not None:
        return redirect(visit.next_url())
    if visit.updated and not visit.is_emergency:
        return redirect(visit.url("answers"))
    return None


@require_safe
@with_visit
def result(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The advice. Not before every question that has to be asked has its answer."""
    elsewhere = _not_yet(visit)
    if elsewhere is not None:
        return elsewhere
    context = {
        **build_result(visit).as_context(),
        "answers_url": visit.url("answers"),
        "summary_url": visit.url("summary"),
        "again_url": visit.url("begin"),
    }
    return page(request, visit, "checker/result.html", context)


@require_safe
@with_visit
def summary(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One page to print for the doctor."""
    elsewhere = _not_yet(visit)
    if elsewhere is not None:
        return elsewhere
    context = {**_sheet(visit), "result_url": visit.url("result"), "fhir_url": visit.url("fhir")}
    return page(request, visit, "checker/doctor.html", context)


def _sheet(visit: Visit) -> dict[str, Any]:
    code = make_code(visit.release, visit.answers)
    address = f"{settings.SITE_URL}{visit.url('replay')}"
    return {
        "sheet": build_sheet(visit),
        "code": code,
        "qr": qr_svg(f"{address}#{code}"),
        "replay_address": address,
        "today": timezone.localdate(),
    }


@require_safe
@with_visit
def fhir(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The answers as an HL7 FHIR QuestionnaireResponse, for the clinic's own software."""
    elsewhere = _not_yet(visit)
    if elsewhere is not None:
        return elsewhere
    response = JsonResponse(
        questionnaire_response(visit.release, visit.answers, timezone.now()),
        content_type=CONTENT_TYPE,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    response["Content-Disposition"] = f'attachment; filename="{visit.name}-answers.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def replay(request: HttpRequest, name: str) -> HttpResponse:
    """Show a visit again from the code of its printed page, on the release it was made on."""
    form = ReplayForm(name, request.POST if request.method == "POST" else None)
    release = form.release if form.is_valid() else find_release(name)
    if release.is_down:
        return redirect("checker:start", name)
    if not form.is_valid():
        context = {"form": form, "title": release.title}
        status = 422 if form.errors else 200
        return render(request, "checker/replay.html", context, status=status)
    visit = Visit(release, form.answers)
    context = {
        **build_result(visit).as_context(),
        **_sheet(visit),
        "title": visit.release.title,
        "release": visit.release,
        "replayed": True,
        "replay_url": reverse("checker:replay", args=[name]),
    }
    return render(request, "checker/replayed.html", context)

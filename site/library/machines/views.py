"""Pages that live on the device: the emergency cards, “my visit”, and the service worker."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def emergency(request: HttpRequest) -> HttpResponse:
    """All urgent signs on one page. Browsers keep it for when there is no network."""
    return render(request, "library/machines/emergency.html")


def my_visit(request: HttpRequest) -> HttpResponse:
    """The same for everybody: a script fills in what the reader's own browser holds."""
    return render(request, "library/machines/my_visit.html")


def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker may only look after addresses below its own."""
    path = finders.find("sw.js")
    if not path:
        raise Http404
    text = Path(path).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response

"""What a visitor reads when the site cannot answer: plain words, and whom to call."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from library.brand import brand_of_before

RETRY_SECONDS = "30"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _alone(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _alone(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With menu and search. Django's own view reads the form that was sent, which may be damaged:
    then a page that is only missing ends as an error of ours."""
    return render(request, "404.html", status=404)


def _alone(request: HttpRequest, status: int) -> HttpResponse:
    html = loader.get_template(f"{status}.html").render({"brand": brand_of_before(request)})
    return HttpResponse(html, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what is lost. Its loss is not for ever (503)."""
    lost = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    unsaved = lost and request.method == "POST"
    words = {"brand": brand_of_before(request), "unsaved": unsaved}
    html = loader.get_template("500.html").render(words)
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": RETRY_SECONDS} if lost else {})
    return HttpResponse(html, status=503 if lost else 500, headers=headers)

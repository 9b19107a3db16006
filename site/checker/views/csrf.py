from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that lay open too long, or cookies that are switched off: say so, and what to do."""
    return render(request, "stale_form.html", status=403)

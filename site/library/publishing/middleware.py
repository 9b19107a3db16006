from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages

from library.publishing.guard import PublishRefused


class RefusalMiddleware:
    """A refused publish, wherever in the admin it happened, leads to the page with the reasons."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        if not isinstance(refused, PublishRefused):
            return None
        return refuse(request, refused)


def refuse(request: HttpRequest, refused: PublishRefused) -> HttpResponse:
    messages.error(request, _message(refused))
    edit = redirect("wagtailadmin_pages:edit", refused.page.pk)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":  # a dialog of a workflow
        return JsonResponse({"step": "success", "redirect": edit.url})
    return edit


def _message(refused: PublishRefused) -> SafeString:
    head = _("“%(title)s” was not published. The draft is safe.") % {"title": refused.page}
    reasons = format_html_join("", "<li>{}</li>", ((line,) for line in refused.lines))
    return format_html("{}<ul>{}</ul>", head, reasons)

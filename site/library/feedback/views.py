"""Takes what a reader sends from the end of a page. A form and a page of thanks, no script."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from library.feedback.form import FeedbackForm
from library.feedback.sender import came_from_our_own_page, seconds_to_wait
from library.models.feedback import Feedback


@csrf_exempt  # see came_from_our_own_page for what stands in its place, and why
@never_cache
@require_POST
def send(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep what was sent, or say what to mend; nothing the reader wrote is lost on the way."""
    page = _page(page_id)
    if not came_from_our_own_page(request):
        return _again(request, page, FeedbackForm(), "elsewhere", 403)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _again(request, page, form, "", 400)
    seconds = seconds_to_wait(request)
    if seconds:
        response = _again(request, page, form, "often", 429)
        response["Retry-After"] = str(seconds)
        return response
    form.instance.page = page
    form.save()
    Feedback.forget_old()
    return redirect("library:feedback_thanks", page.pk)


def _again(
    request: HttpRequest, page: Page, form: FeedbackForm, refused: str, status: int
) -> HttpResponse:
    context = {"about": page, "form": form, "refused": refused}
    return render(request, "library/feedback.html", context, status=status)


@require_GET
def thanks(request: HttpRequest, page_id: int) -> HttpResponse:
    return render(request, "library/feedback_thanks.html", {"about": _page(page_id)})


def _page(page_id: int) -> Page:
    """A page that asks for feedback. Of all others nobody learns here whether they exist."""
    page = get_object_or_404(Page.objects.live().public(), pk=page_id).specific
    if not getattr(page, "asks_feedback", False):
        raise Http404
    return page

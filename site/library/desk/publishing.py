"""The one door that does not lead through ``Page.publish``: the editor's own button."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from library.models.clinical_page import ClinicalPage
from library.publishing.guard import PublishRefused
from library.publishing.middleware import refuse
from library.publishing.reasons import reasons_against


@hooks.register("before_publish_page")
def refuse_unsafe(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The draft has been saved by now, so nothing an editor wrote is lost."""
    specific: Any = page.specific
    if not isinstance(specific, ClinicalPage):
        return None
    findings = reasons_against(specific, request)
    return refuse(request, PublishRefused(specific, findings)) if findings else None

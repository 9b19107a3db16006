"""What the head of every page says to machines."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext as _

from library.brand import brand_of
from library.machines.addresses import page_address, twin_address
from library.machines.jsonld import as_script, glossary_things, page_things
from library.machines.share_image import HEIGHT, WIDTH, image_address
from library.models.clinical_page import ClinicalPage

register = template.Library()


@register.inclusion_tag("library/machines/head.html", takes_context=True)
def machine_head(context: Mapping[str, Any]) -> dict[str, Any]:
    """Open Graph, JSON-LD and the other forms of a page; nothing for drafts and forms."""
    request: HttpRequest | None = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return {}
    page = context.get("page")
    if isinstance(page, ClinicalPage) and "reading" in context:
        return _of_page(page, context, request)
    if "rows" in context and _view(request) == "library:glossary":
        url = request.build_absolute_uri(request.path)
        terms = [term for term, _url in context["rows"]]
        return {"jsonld": as_script(glossary_things(terms, url, _("Words explained")))}
    return {}


def _of_page(
    page: ClinicalPage, context: Mapping[str, Any], request: HttpRequest
) -> dict[str, Any]:
    return {
        "page": page,
        "brand": brand_of(request),
        "address": page_address(request, page),
        "twin": twin_address(request, page),
        "image": image_address(request, page),
        "width": WIDTH,
        "height": HEIGHT,
        "jsonld": as_script(page_things(page, context, request)),
    }


def _view(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""

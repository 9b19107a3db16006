"""The owner's colour as a stylesheet: the security policy allows no style inside a page."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from library.brand import brand_of

YEAR = 31_536_000


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """Kept for good under the address with its own hash, and not at all under any other."""
    brand = brand_of(request)
    response = HttpResponse(brand.stylesheet, content_type="text/css; charset=utf-8")
    if brand.stylesheet and request.META["QUERY_STRING"] == brand.stylesheet_hash:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response

"""What every page of the site shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from library.brand import brand_of
from library.menu import menu


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """The menu and the owner's settings, asked for only by templates that show them."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "brand": SimpleLazyObject(lambda: brand_of(request)),
    }

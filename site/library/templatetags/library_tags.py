"""Tags that show the library. Everything they need was fetched by ``library.reading``."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from library.body import Part
from library.figures import Figure, drawing, figures
from library.pieces import piece, place
from library.qr import qr_svg
from library.reading import Reading
from library.safe_html import safe_html

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context: dict[str, Any], value: RichText | None) -> SafeString | RichText | str:
    """Rich text with its links to pages filled in from the page's own list of addresses, and its
    glossary words explained in place.

    Outside a page being read (a preview of one block, an e-mail) Wagtail's way is taken.
    """
    reading: Reading | None = context.get("reading")
    if value is None:
        return ""
    html = safe_html(value.source)
    return RichText(html) if reading is None else mark_safe(reading.rewrite(html))  # noqa: S308


@register.inclusion_tag("components/cite.html", takes_context=True)
def cite(context: dict[str, Any], sources: Sequence[Any] | None) -> dict[str, list[int]]:
    """The numbers of a block's sources, each leading to the page's list of sources."""
    reading: Reading | None = context.get("reading")
    known = reading.numbers if reading else {}
    return {"numbers": [known[s.pk] for s in sources or [] if s is not None and s.pk in known]}


@register.simple_tag(takes_context=True)
def parts(context: dict[str, Any], shown: Sequence[Part]) -> SafeString:
    """Parts of the page's body."""
    reading: Reading = context["reading"]
    return mark_safe("\n".join(part.show(reading) for part in shown))  # noqa: S308 - joined only


@register.simple_tag(takes_context=True)
def list_of_sources(context: dict[str, Any]) -> SafeString:
    """The sources of the page, with the numbers by which its parts cite them."""
    reading: Reading = context["reading"]

    def make() -> str:
        citations = list(reading.citations.values())
        return render_to_string("components/sources.html", {"citations": citations})

    named = ("list of sources", reading.source_ids, place(reading.request))
    return mark_safe(piece(named, make))  # noqa: S308 - made by Django's own escaping templates


@register.inclusion_tag("components/figure.html")
def figure(name: str, caption: str = "") -> dict[str, Any]:
    """A drawing with its title and long description, inlined so that it takes our colours."""
    language = (get_language() or "en").split("-")[0]
    known: Figure | None = figures(language).get(name) or figures("en").get(name)
    svg = mark_safe(drawing(name))  # noqa: S308 - our own reviewed files, never uploaded
    return {"figure": known, "drawing": svg, "caption": caption}


@register.inclusion_tag("components/leaflet.html", takes_context=True)
def leaflet(context: dict[str, Any]) -> dict[str, Any]:
    """What only paper needs: which version this is, and the way to the one that is current."""
    page, request = context.get("page"), context.get("request")
    if request is None:
        return {}
    path = page.get_url(request) if page else request.path
    if not path:
        return {}
    address = request.build_absolute_uri(path)
    site = request.build_absolute_uri("/").removesuffix("/")
    return {"page": page, "address": address, "site": site, "qr": qr_svg(address)}


@register.inclusion_tag("components/icon_array.html")
def icon_array(n: int, of: int) -> dict[str, list[bool]]:
    """``of`` marks of which ``n`` are filled."""
    return {"marks": [i < n for i in range(of)]}

"""A QR code as SVG inside the page: no file, no third party, no inline style (for the CSP)."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

_QUIET_ZONE = 4  # modules of white around it, as the standard asks


@lru_cache(maxsize=256)
def qr_svg(text: str) -> SafeString:
    """Weighing the eight masks of a code takes longer than all the rest of a page.

    ``mark_safe`` because segno draws paths only: nothing of the text is in the markup."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        border=_QUIET_ZONE, omitsize=True, svgclass="qr", lineclass=None, light="#fff", dark="#000"
    )
    return mark_safe(drawing)  # noqa: S308

"""The picture that goes with a shared link: the page's title on our paper, with the mark.

Drawn once for each wording and kept in media; its address holds a digest of all that is on it, so
that it can be kept for ever and a changed title has a new one.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from PIL import Image, ImageDraw
from wagtail.models import Page

from library.brand import brand_of
from library.machines.addresses import public_pages
from library.machines.mark import outlines
from library.machines.share_fonts import Font, font, font_for, is_from_the_right
from library.models.brand import SiteBrand

WIDTH, HEIGHT, EDGE = 1200, 630, 84
PAPER, INK, ACCENT = "#fcf9f2", "#231e1a", "#5a2768"
SIZES = (92, 76, 64, 54)
TOP, LEADING, MOST_LINES = 236, 1.12, 4
#: The mark where it has the picture for itself.
LARGE = 380
FOLDER = "share"
#: Goes up when the drawing changes, so that all pictures are made anew.
DESIGN = 2
#: Scripts that put no space between their words: a line may end after any letter.
_CLOSE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"\s*(?:[{_CLOSE}]|[^\s{_CLOSE}]+)")


def digest(page: Page, brand: SiteBrand) -> str:
    words = "\n".join((str(DESIGN), page.title, brand.name, brand.accent, str(brand.logo_id)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def image_address(request: HttpRequest, page: Page) -> str:
    path = reverse("library:share_image", args=[page.pk, digest(page, brand_of(request))])
    return request.build_absolute_uri(path)


def share_image(request: HttpRequest, pk: int, wanted: str) -> HttpResponse | FileResponse:
    """Made only for what a public page says now: made-up addresses cannot fill the disk."""
    page = public_pages(request).filter(pk=pk).first()
    brand = brand_of(request)
    if page is None or digest(page, brand) != wanted:
        raise Http404
    name = f"{FOLDER}/{page.pk}-{wanted}.png"
    if not default_storage.exists(name):
        _forget_older(page.pk)
        name = default_storage.save(name, ContentFile(draw(page.title, brand)))
    response = FileResponse(default_storage.open(name), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    return response


def _forget_older(pk: int) -> None:
    with suppress(FileNotFoundError):  # on a disk, before the first picture; an S3 has no folders
        for name in default_storage.listdir(FOLDER)[1]:
            if name.startswith(f"{pk}-"):
                default_storage.delete(f"{FOLDER}/{name}")


def draw(title: str, brand: SiteBrand) -> bytes:
    """An owner's logo may have any shape and colour, so their name stands alone then."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    accent = brand.accent or ACCENT
    if not brand.logo_id:
        _draw_mark(image, EDGE, EDGE - 24, accent)
    name_from = EDGE if brand.logo_id else EDGE + 124
    if name_font := font_for(brand.name, 52):
        pen.text((name_from, EDGE + 28), brand.name, INK, name_font, anchor="lm")
    if not _draw_title(pen, title) and not brand.logo_id:
        _draw_mark(image, (WIDTH - LARGE) // 2, TOP - 40, accent, LARGE)
    pen.rectangle((0, HEIGHT - 18, WIDTH, HEIGHT), fill=accent)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> bool:
    """From the side that its script begins at; not at all where no font has its letters."""
    lines, big = fitted(title)
    if big is None:
        return False
    from_right = is_from_the_right(title)
    for number, line in enumerate(lines):
        place = (WIDTH - EDGE if from_right else EDGE, TOP + number * big.size * LEADING)
        pen.text(place, line, INK, big, anchor="ra" if from_right else "la")
    return True


def _draw_mark(image: Image.Image, x: int, y: int, ink: str, size: int = 104) -> None:
    """Drawn four times as large, then made small: so its edges are smooth."""
    large = size * 4 / 40
    stencil = Image.new("L", (size * 4, size * 4))
    for outline in outlines():
        ImageDraw.Draw(stencil).polygon([(a * large, b * large) for a, b in outline], fill=255)
    image.paste(ink, (x, y), stencil.resize((size, size)))


def fitted(title: str) -> tuple[list[str], Font | None]:
    """The title in the largest size in which it fits; cut at its end where none does."""
    lines: list[str] = []
    big: Font | None = font(SIZES[-1])
    for size in SIZES:
        big = font_for(title, size)
        if big is None:
            return [], None
        lines = list(_wrapped(title, big))
        room = int((HEIGHT - TOP - 60) / (size * LEADING))
        if len(lines) <= min(room, MOST_LINES) and _is_narrow(lines, big):
            return lines, big
    assert big is not None
    kept = [_cut(line, big) for line in lines[:MOST_LINES]]
    return ([*kept[:-1], kept[-1] + " …"] if len(lines) > MOST_LINES else kept), big


def _is_narrow(lines: list[str], big: Font) -> bool:
    """A single word may be longer than a line."""
    return all(big.getlength(line) <= WIDTH - 2 * EDGE for line in lines)


def _cut(line: str, big: Font) -> str:
    while big.getlength(line) > WIDTH - 2 * EDGE:
        line = line[:-2] + "…"
    return line


def _wrapped(title: str, big: Font) -> Iterator[str]:
    line = ""
    for piece in _PIECES.findall(title):
        longer = (line + piece).lstrip()
        if line and big.getlength(longer) > WIDTH - 2 * EDGE:
            yield line
            longer = piece.lstrip()
        line = longer
    yield line

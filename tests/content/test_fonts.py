"""The house font in two files: what pages are written with is in the small one."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import strip_tags
from PIL import ImageFont

from library.machines.share_fonts import has_all
from library.models import CausePage, TipPage, TreatmentPage

FACE = re.compile(r'url\("\.\./fonts/([\w-]+\.woff2)"\).*?unicode-range: ([^;]+);', re.DOTALL)
STATIC = Path(settings.BASE_DIR) / "static"


def letters(ranges: str) -> Iterator[str]:
    for one in ranges.split(", "):
        first, _, last = one.removeprefix("U+").partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


@pytest.fixture(scope="module")
def faces() -> dict[str, set[str]]:
    css = (STATIC / "css/tokens.css").read_text()
    return {name: set(letters(ranges)) for name, ranges in FACE.findall(css)}


def test_each_letter_is_in_the_file_that_is_fetched_for_it(faces: dict[str, set[str]]) -> None:
    common, rest = faces.values()
    assert not common & rest
    for name, named in faces.items():
        font = ImageFont.truetype(str(STATIC / "fonts" / name), 20)
        visible = "".join(letter for letter in named if letter != "\u00ad")
        assert has_all(font, visible), name


def test_the_bullet_of_a_list_is_a_letter_too(faces: dict[str, set[str]]) -> None:
    """No page has it in its text; yet a browser may fetch a font for it before it draws a dot."""
    common, _rest = faces.values()
    assert "•" in common


@pytest.mark.django_db
def test_the_starter_pages_need_the_small_file_only(
    library: None, client: Client, faces: dict[str, set[str]]
) -> None:
    _, rest = faces.values()
    pages = [page for kind in (CausePage, TipPage, TreatmentPage) for page in kind.objects.live()]
    assert len(pages) > 40
    for page in pages:
        body = re.sub(r"<script.*?</script>", "", client.get(page.url).content.decode(), flags=re.S)
        assert not set(unescape(strip_tags(body))) & rest, page.title

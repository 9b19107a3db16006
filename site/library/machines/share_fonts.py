"""Fonts for the picture of a shared link: ours, or one of the machine's own for other scripts.

A letter that a font lacks would be drawn as an empty box. So a text is drawn only in a font that
has all of its letters, and where the machine has none it is left out.
"""

from contextlib import suppress
from functools import lru_cache

from django.contrib.staticfiles import finders
from PIL import ImageFont, features

BOLD = 700
#: By the names that Debian gives them; Pillow looks for them where the system keeps its fonts.
OTHERS = (
    "NotoSansCJK-Bold.ttc",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansBengali-Bold.ttf",
    "NotoSansTamil-Bold.ttf",
    "wqy-zenhei.ttc",
    "DejaVuSans-Bold.ttf",
)
#: From Hebrew on, through Arabic and the scripts of India: letters join, or run from the right.
_SHAPED = range(0x0590, 0x1000)
_NOBODYS = "\U0010ffff"

Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=32)
def font(size: int, weight: int = BOLD) -> Font:
    """The house font. A Pillow built without brotli cannot open it, and uses its own instead."""
    try:
        found = ImageFont.truetype(str(finders.find("fonts/atkinson-next.woff2")), size)
        found.set_variation_by_axes([weight])
    except OSError:
        own = ImageFont.load_default(size)
        assert isinstance(own, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
        return own
    return found


def font_for(text: str, size: int) -> Font | None:
    """A font that can write all of it, or None."""
    if has_all(font(size), text):
        return font(size)
    if any(ord(letter) in _SHAPED for letter in text) and not features.check("raqm"):
        return None  # without it, Arabic letters would stand apart and in the wrong order
    return next((other for other in _others(size) if has_all(other, text)), None)


@lru_cache(maxsize=8)
def _others(size: int) -> list[Font]:
    found = []
    for name in OTHERS:
        with suppress(OSError):
            found.append(ImageFont.truetype(name, size))
    return found


def has_all(found: Font, text: str) -> bool:
    """Whether no letter of it looks as one does that no font has."""
    box = _drawn(found, _NOBODYS)
    return all(_drawn(found, letter) != box for letter in set(text) if not letter.isspace())


def _drawn(found: Font, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = found.getmask(letter)
    return mask.size, bytes(mask)


def is_from_the_right(text: str) -> bool:
    """By its first letter of a script that says so, as browsers do."""
    return next((side == "R" for side in map(_side, text) if side), False)


def _side(letter: str) -> str:
    if "\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc":
        return "R"
    return "L" if letter.isalpha() else ""

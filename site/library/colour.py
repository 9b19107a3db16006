"""Colours an owner may choose: enough contrast in light and in dark, or a reason why not.

The grounds are those of ``static/css/tokens.css``; a test holds the two together.
"""

import re

Rgb = tuple[int, int, int]
TEXT = 7.0  # to 1, WCAG AAA: the accent is the colour of links, and links are text
LIGHT_GROUNDS = {"paper": "#fcf9f2", "surface": "#f4eee2"}
DARK_GROUNDS = {"paper": "#1a1714", "surface": "#26211d"}
BLACK, WHITE = "#000000", "#ffffff"
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def is_colour(text: str) -> bool:
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """``share`` of ``other`` in ``colour``, channel by channel."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lowest(colour: str, grounds: dict[str, str]) -> float:
    """The worst contrast of a colour over these grounds and over its own tint on the first."""
    tint = tint_of(colour, grounds)
    return min(contrast(colour, ground) for ground in (*grounds.values(), tint))


def tint_of(colour: str, grounds: dict[str, str]) -> str:
    return mix(grounds["paper"], colour, 0.08)


def readable(colour: str, grounds: dict[str, str], towards: str) -> str:
    """The colour itself, or the nearest one on its way to black or white that can be read."""
    for step in range(101):
        shade = mix(colour, towards, step / 100)
        if lowest(shade, grounds) >= TEXT:
            return shade
    return towards


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

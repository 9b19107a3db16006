"""The mark's outlines as points, read from its own file, for drawings that are not SVG."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

Point = tuple[float, float]
_PATH = re.compile(r'<path d="([^"]+)"')
_OUTLINE = re.compile(r"M([^a-zA-Z]+)c([^a-zA-Z]+)[zZ]")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_STEPS = 12


@lru_cache(maxsize=1)
def outlines() -> list[list[Point]]:
    """Each closed shape of the mark in its own 40 by 40 units; none if it is drawn another way."""
    path = finders.find("img/mark.svg")
    if not path:
        return []
    drawn = " ".join(_PATH.findall(Path(path).read_text(encoding="utf-8")))
    return [list(_points(start, curves)) for start, curves in _OUTLINE.findall(drawn)]


def _points(start: str, curves: str) -> Iterator[Point]:
    """Walk along relative Bézier curves."""
    x, y = _numbers(start)[:2]
    offsets = _numbers(curves)
    for at in range(0, len(offsets) - 5, 6):
        ax, ay, bx, by, cx, cy = offsets[at : at + 6]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            one, two, three = 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
            yield x + one * ax + two * bx + three * cx, y + one * ay + two * by + three * cy
        x, y = x + cx, y + cy


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]

"""Figures: all that the library needs, in one palette, for light, dark and print."""

import re
from pathlib import Path

import pytest

from library.audit.library import Library
from library.figures import drawing

FIGURES = Path("static/figures")
REQUIRED = {
    "where-posture", "where-strain", "where-disc", "where-stenosis", "where-clot",
    "disc-healthy-and-herniated", "canal-standing-and-bending", "vein-with-and-without-clot",
    "calf-pump", "measure-calf",
}  # fmt: skip
PALETTE = set(
    re.findall(r"--fig-[a-z0-9-]+: (#[0-9a-f]{6})", Path("static/css/figures.css").read_text())
)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?)\(", re.IGNORECASE)


def _drawings() -> list[Path]:
    return sorted(FIGURES.glob("*.svg"))


def test_every_figure_that_the_library_needs_is_there(words: Library) -> None:
    exercises = {f"exercise-{page.slug}" for page in words.pages if page.is_exercise}
    assert words.figures.keys() >= REQUIRED | exercises
    assert {path.stem for path in _drawings()} == words.figures.keys()


def test_each_exercise_shows_its_own_figure(words: Library) -> None:
    for page in words.pages:
        if page.is_exercise:
            shown = {block.figure for block in page.blocks if block.figure}
            assert f"exercise-{page.slug}" in shown, page.slug


def test_each_cause_shows_where_it_hurts(words: Library) -> None:
    for page in words.pages:
        if page.fields.get("role") == "cause":
            assert any(block.figure.startswith("where-") for block in page.blocks), page.slug


@pytest.mark.parametrize("path", _drawings(), ids=lambda path: path.stem)
def test_a_drawing_takes_its_colours_from_the_page(path: Path) -> None:
    """Classes carry the colours; those in the file are the same ones, for where no style reaches.

    A colour of its own would vanish in the dark, or waste ink in print.
    """
    text = path.read_text(encoding="utf-8")
    coloured = [tag for tag in re.findall(r"<[^>]+>", text) if _COLOUR.search(tag)]
    assert [tag for tag in coloured if 'class="fig-' not in tag] == []
    assert set(_COLOUR.findall(text)) <= PALETTE
    assert not re.search(r"<(image|script|style|linearGradient|radialGradient|filter)\b", text)
    assert "href=" not in text.replace('href="#', "")


@pytest.mark.parametrize("path", _drawings(), ids=lambda path: path.stem)
def test_the_stylesheet_gives_each_colour_that_the_page_leaves_out(path: Path) -> None:
    in_file, in_page = path.read_text(encoding="utf-8"), drawing(path.stem)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", Path("static/css/figures.css").read_text())
    for shape, colour in re.findall(r'class="(fig-[\w-]+)" (fill|stroke)="#', in_file):
        assert f'class="{shape}" {colour}="#' not in in_page
        assert any(
            re.search(rf"\.{shape}(?![\w-])", selectors) and f"{colour}: var(--fig" in body
            for selectors, body in rules
        ), (shape, colour)

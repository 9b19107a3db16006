"""Templates without their indentation say the same."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines

from config.template_loader import Loader

TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


def read(tmp_path: Path, name: str, contents: str) -> str:
    (tmp_path / name).write_text(contents)
    loader = Loader(engines["django"].engine, [tmp_path])
    return loader.get_contents(next(iter(loader.get_template_sources(name))))


def test_a_line_break_stays_and_what_only_indents_goes(tmp_path: Path) -> None:
    html = read(tmp_path, "a.html", "<p>\n    Keep\n\n\tmoving, <b>gently</b> {{ name }}\n  </p>\n")
    assert html == "<p>\nKeep\nmoving, <b>gently</b> {{ name }}\n</p>\n"


def test_a_letter_keeps_its_layout(tmp_path: Path) -> None:
    letter = "Dear {{ name }},\n\n    look here:\n"
    assert read(tmp_path, "a.txt", letter) == letter


def test_nothing_of_ours_shows_white_space_as_it_stands() -> None:
    """Else a template would mean something by its indentation."""
    told = [
        path.name
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"<pre\b|<textarea[^>]*>\s|white-space:\s*(pre|break)", path.read_text())
    ]
    assert told == []

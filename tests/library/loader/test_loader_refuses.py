"""Every kind of mistake in a content file: named by file, line and reason; nothing changes."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from library.loader.load import check_library, load_library
from library.loader.problems import ContentError
from library.loader.report import Report
from library.models import GlossaryTerm, Source
from library.models.loaded import LoadedItem

DISC = "en/pain/causes/slipped-disc.md"
WALK = "en/moves/walking.md"
Change = Callable[[str, str, str], None]

# file, words of it, what they become, line of the mistake, part of the reason
FRONT = [
    (DISC, "+++\n", "", 1, "front matter"),
    (DISC, 'title = "About slipped-disc"', "title = About", 7, "TOML"),
    (DISC, 'title = "About slipped-disc"\n', "", 1, "“title” is missing"),
    (DISC, 'title = "About slipped-disc"', 'title = " "', 7, "“title” is empty"),
    (DISC, 'title = "About slipped-disc"', f'title = "{"x" * 256}"', 7, "at most 255"),
    (DISC, 'answer = "This', f'answer = "{"x" * 300}', 8, "at most 300"),
    (DISC, 'type = "cause"', 'type = "illness"', 1, "type must be one of"),
    (DISC, 'type = "cause"', "type = []", 1, "type must be one of"),
    (DISC, 'role = "cause"', 'role = "reason"', 4, "“role” must be one of"),
    (DISC, 'role = "cause"', 'role = "cause"\ncolour = "red"', 5, "“colour” is not a key"),
    (DISC, "order = 1", 'order = "one"', 6, "“order” must be a number"),
    (DISC, "order = 1", "order = true", 6, "“order” must be a number"),
    (DISC, 'slug = "slipped-disc"', 'slug = "slipped disc"', 5, "slug"),
    (DISC, 'slug = "slipped-disc"', 'slug = "strain"', 5, "used by another page"),
    (DISC, 'key = "disc"', 'key = "clot"', 3, "used by another page"),
    (DISC, 'care = ["disc"]', 'care = ["heart"]', 10, "no cause page has the key “heart”"),
    (DISC, 'care = ["disc"]', "care = [3]", 10, "list of texts"),
    (DISC, 'care = ["disc"]', 'care = "disc"', 10, "must be a list"),
    (DISC, 'tips = ["walking"]', 'tips = ["running"]', 11, "no other tip page “running”"),
    (DISC, 'tips = ["walking"]', 'tips = ["belt"]', 11, "no other tip page “belt”"),
    (DISC, 'tips = ["walking"]', 'tips = ["walking", "walking"]', 11, "stands twice"),
    (DISC, 'lookalikes = ["clot"]', 'lookalikes = ["slipped-disc"]', 13, "no other cause page"),
    (DISC, "\n+++\n\n", "\n\n[compare]\nsmell = 'x'\n+++\n\n", 16, "“smell” is not known"),
    (WALK, 'strength = "low"', 'strength = "sure"', 9, "“strength” must be one of"),
    ("en/home.md", 'type = "home"', 'type = "info"', 0, "no page of type “home”"),
    ("en/info/about.md", 'type = "info"', 'type = "home"', 2, "a home page already"),
    ("en/moves/index.md", 'type = "index"\n', 'type = "info"\n', 4, "“lists” is not a key"),
]
BODY = [
    (DISC, "(term:disc)", "(term:bone)", 18, "no glossary term “bone”"),
    (DISC, "(term:disc)", "(page:bone)", 18, "no page “bone”"),
    (DISC, "(term:disc)", "(checker:a/b)", 18, "no checker “a/b”"),
    (DISC, "(term:disc)", "(http://example.org)", 18, "not “http://example.org”"),
    (DISC, "**bulges**", "<b>bulges</b>", 18, "raw HTML"),
    (DISC, "**bulges**", "*bulges*", 18, "italics"),
    (DISC, "**bulges**", "![x](y)", 18, "figure block"),
    (DISC, "**bulges**", "`bulges`", 18, "code"),
    (DISC, "A [disc]", "> A [disc]", 18, "quotations"),
    (DISC, "A [disc](term:disc) **bulges**.", "- a\n  - b", 19, "one level"),
    (DISC, "## What", "#### What", 16, "## or ###"),
    (DISC, "## What it is", f"## {'x' * 121}", 16, "at most 120"),
    (DISC, "Sources: NG59, EXPERT", "Sources: NG60", 16, "“NG60” is not in sources.toml"),
    (DISC, "::: how-common", "::: how-rare", 22, "no block “how-rare”"),
    (DISC, "Sources: NG59\n:::", "Sources: NG59", 22, "no closing"),
    (DISC, "n: 6\n", "n: six\n", 22, "whole number"),
    (DISC, "n: 6\n", "n: 11\n", 22, "cannot be larger"),
    (DISC, "n: 6\n", "", 22, "needs a line “n: …”"),
    (DISC, "n: 6\n", "n: 6\nn: 7\n", 24, "stands twice"),
    (DISC, "n: 6\n", "n: 6\nage: 7\n", 22, "no line “age: …”"),
    (DISC, "get better.\n\n", "", 22, "no text"),
    (WALK, "::: steps\n\n1. Go out.\n2. Come back.", "::: steps\n\nGo out.", 14, "a list"),
    (WALK, "::: steps\n", "::: steps\nfigure: map\n", 12, "“map” is not in figures.toml"),
    (WALK, "::: steps\n", "::: evidence\nstrength: sure\n", 12, "“strength” must be"),
    (WALK, "::: steps\n", "::: do-dont\n", 12, "begins with “+ ” or “- ”"),
    (WALK, "::: steps\n", "::: steps\nsoftly: now\n", 12, "no line “softly: …”"),
    ("en/pain/lookalikes/clot.md", "::: urgent Be seen today", "::: urgent", 12, "needs a title"),
]
TABLES = [
    ("sources.toml", '["NG59"]', "[NG 59", 3, "TOML"),
    ("sources.toml", 'title = "Low back pain and sciatica"\n', "", 3, "NG59: title"),
    ("sources.toml", 'kind = "guideline"', 'kind = "rumour"', 3, "NG59: kind"),
    ("sources.toml", "year = 2016", 'year = 2016\ndoi = "11.1/x"', 3, "NG59: doi: A DOI begins"),
    ("sources.toml", "year = 2016", 'year = 2016\nisbn = "1"', 3, "“isbn” is not a field"),
    ("sources.toml", "year = 2016", 'year = "soon"', 3, "NG59: year"),
    ("sources.toml", '["NG59"]\n', 'loose = "x"\n["NG59"]\n', 0, "loose: must be a table"),
    ("glossary.toml", 'key = "disc"', 'key = "acute"', 4, "stands twice"),
    ("glossary.toml", 'key = "disc"\n', "", 0, "term 1: “key” is missing"),
    ("glossary.toml", 'page = "slipped-disc"', 'page = "bone"', 4, "no page “bone”"),
    ("glossary.toml", 'also = ["spinal disc"]', 'also = "spinal disc"', 4, "list of texts"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "reason"), FRONT + BODY + TABLES)
def test_a_mistake_is_named(
    folder: Path, change: Change, file: str, old: str, new: str, line: int, reason: str
) -> None:
    change(file, old, new)
    with pytest.raises(ContentError) as raised:
        check_library(folder)
    where = file if line else ("en" if "home" in reason else file)
    named = [p for p in raised.value.problems if (p.file, p.line) == (where, line)]
    assert any(reason in problem.reason for problem in named), str(raised.value)


def test_every_mistake_is_named_at_once(folder: Path, change: Change) -> None:
    change(DISC, "(term:disc)", "(term:bone)")
    change(WALK, "Sources: EXPERT", "Sources: NOBODY")
    with pytest.raises(ContentError) as raised:
        check_library(folder)
    assert {problem.file for problem in raised.value.problems} == {DISC, WALK}


@pytest.mark.parametrize("name", ["sources.toml", "glossary.toml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ContentError, match=rf"{name}: this file is missing"):
        check_library(folder)


def test_a_page_without_a_page_above_is_named(folder: Path) -> None:
    (folder / "en/lost").mkdir()
    (folder / "en/care/belt.md").rename(folder / "en/lost/belt.md")
    with pytest.raises(ContentError, match="can hold a treatment page"):
        check_library(folder)


def test_a_file_of_another_encoding_is_named(folder: Path) -> None:
    (folder / WALK).write_bytes("Käse".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        check_library(folder)


def _all_rows() -> list[object]:
    models = (Page, Source, GlossaryTerm, LoadedItem)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
@pytest.mark.parametrize("loaded_before", [False, True])
def test_one_mistake_and_nothing_changes(folder: Path, change: Change, loaded_before: bool) -> None:
    if loaded_before:
        load_library(folder, Report())
    before = _all_rows()
    change(WALK, "Go out.", "Go out now.")
    change("sources.toml", "Stay active.", "Stay very active.")
    change(DISC, "(term:disc)", "(term:bone)")
    with pytest.raises(ContentError):
        load_library(folder, Report())
    assert _all_rows() == before


@pytest.mark.django_db
def test_a_page_that_is_not_fit_for_readers_is_named_by_its_file(
    folder: Path, change: Change
) -> None:
    change("en/pain/topic.md", 'care = ["disc"]', "care = []")
    with pytest.raises(ContentError, match=r"en/pain/topic\.md: No urgency card opens this page"):
        load_library(folder, Report())
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_the_command_names_each_mistake_and_fails(folder: Path, change: Change) -> None:
    change(DISC, "(term:disc)", "(term:bone)")
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was loaded: 1 to mend"):
        call_command("load_content", root=folder, stdout=StringIO(), stderr=errors)
    assert errors.getvalue().strip() == f"{DISC}, line 18: there is no glossary term “bone”"
    assert not Source.objects.exists()


def test_check_asks_no_database(folder: Path, change: Change) -> None:
    """Without the ``db`` fixture, any query fails this test."""
    out = StringIO()
    call_command("load_content", root=folder, check=True, stdout=out)
    assert out.getvalue().startswith("10 pages")
    change(DISC, "(term:disc)", "(term:bone)")
    with pytest.raises(CommandError):
        call_command("load_content", root=folder, check=True, stdout=out, stderr=StringIO())

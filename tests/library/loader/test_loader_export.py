"""The way back: from the site to content files, where a change can be reviewed."""

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from library.loader.export import CHANGED, LEFT, NEW, REMOVED, UNCHANGED, Export, export_library
from library.loader.report import KEPT, Report
from library.models import CausePage, GlossaryTerm, InfoPage, Source, TipPage, TopicPage

Load = Callable[[], Report]
DISC = "en/pain/causes/slipped-disc.md"


@pytest.fixture
def export(load: Load, folder: Path) -> Callable[[], Export]:
    """The folder is loaded; this writes the site back to it."""
    load()
    return lambda: export_library(folder, folder)


def _files(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def _differences(before: dict[str, str], folder: Path) -> set[str]:
    after = _files(folder)
    return {name for name in before | after if before.get(name) != after.get(name)}


def _publish(page: Page) -> None:
    page.save_revision().publish()


def test_an_unchanged_library_gives_no_difference(
    export: Callable[[], Export], folder: Path
) -> None:
    before = _files(folder)
    assert dict(export().outcomes) == {UNCHANGED: sorted(before)}
    assert _files(folder) == before


def test_another_folder_gets_the_same_files(
    export: Callable[[], Export], folder: Path, tmp_path: Path
) -> None:
    export_library(folder, tmp_path / "out")
    assert _files(tmp_path / "out") == _files(folder)


def test_a_changed_page_changes_its_own_file_only(
    export: Callable[[], Export], folder: Path
) -> None:
    before = _files(folder)
    page = CausePage.objects.get(slug="slipped-disc")
    page.body[0].value["text"].source = '<p data-block-key="k1">It <b>leaks</b> gel.</p>'
    page.tip_links.set([])
    _publish(page)
    assert export().outcomes[CHANGED] == [DISC]
    assert _differences(before, folder) == {DISC}
    text = _files(folder)[DISC]
    assert "It **leaks** gel.\n\nSources: NG59, EXPERT" in text
    assert "tips =" not in text


def test_a_changed_source_or_term_changes_its_own_lines_only(
    export: Callable[[], Export], folder: Path
) -> None:
    before = _files(folder)
    Source.objects.filter(key="NG59").update(says="Keep “moving”.")
    GlossaryTerm.objects.create(key="vein", term="Vein", definition="A tube.", also="tube\npipe")
    GlossaryTerm.objects.get(key="acute").delete()
    export()
    after = _files(folder)
    assert _differences(before, folder) == {"sources.toml", "glossary.toml"}
    assert after["sources.toml"] == before["sources.toml"].replace("Stay active.", "Keep “moving”.")
    assert after["glossary.toml"].startswith('# Words explained.\n\n[[term]]\nkey = "disc"\n')
    assert after["glossary.toml"].endswith(
        'page = "slipped-disc"\n\n[[term]]\nkey = "vein"\nterm = "Vein"\n'
        'also = ["tube", "pipe"]\ndefinition = "A tube."\n'
    )


def test_a_source_that_an_editor_withdrew_is_marked(
    export: Callable[[], Export], load: Load, folder: Path
) -> None:
    source = Source.objects.get(key="NG59")
    source.status, source.withdrawn_on = Source.Status.WITHDRAWN, datetime.date(2026, 11, 1)
    source.save()
    export()
    assert (
        'confidence = "read"\nstatus = "withdrawn"\nwithdrawn_on = 2026-11-01\n'
        in _files(folder)["sources.toml"]
    )
    assert load().outcomes[KEPT] == []


def _new(parent: str, model: type[Page], slug: str, **fields: Any) -> Page:
    """A page as an editor makes it."""
    fields = {"answer": "One sentence.", "search_description": "What it says.", **fields}
    above = Page.objects.get(slug=parent)
    page = above.add_child(instance=model(title=slug.title(), slug=slug, **fields))
    page.care = [CausePage.objects.get(slug="slipped-disc")]
    _publish(page)
    return page


@pytest.mark.parametrize(
    ("parent", "model", "fields", "file"),
    [
        ("home", InfoPage, {}, "en/info/made-here.md"),
        ("home", TopicPage, {}, "en/made-here/topic.md"),
        ("moves", TipPage, {"kind": "habit", "strength": "low"}, "en/moves/made-here.md"),
        ("pain", CausePage, {"key": "made", "role": "cause"}, "en/pain/causes/made-here.md"),
        (
            "pain",
            CausePage,
            {"key": "made", "role": "look-alike"},
            "en/pain/lookalikes/made-here.md",
        ),
    ],
)
def test_a_page_made_by_an_editor_gets_a_file_in_its_place(
    export: Callable[[], Export],
    load: Load,
    folder: Path,
    parent: str,
    model: type[Page],
    fields: dict[str, Any],
    file: str,
) -> None:
    before = _files(folder)
    page = _new(parent, model, "made-here", **fields)
    done = export()
    assert done.outcomes[NEW] == [file]
    assert done.problems == []
    assert _differences(before, folder) == {file}
    assert load().outcomes[KEPT] == []  # file and page say the same
    assert Page.objects.get(slug="made-here").pk == page.pk
    assert not export().differs


def test_pages_below_a_new_topic_stand_in_its_folder(
    export: Callable[[], Export], folder: Path
) -> None:
    _new("home", TopicPage, "knees")
    _new("knees", CausePage, "worn", key="worn", role="cause")
    assert export().outcomes[NEW] == ["en/knees/causes/worn.md", "en/knees/topic.md"]


def test_pages_with_an_order_are_numbered_again_when_moved(
    export: Callable[[], Export], load: Load, folder: Path
) -> None:
    before = _files(folder)
    strain, disc = (CausePage.objects.get(slug=slug) for slug in ("strain", "slipped-disc"))
    strain.move(disc, "left")
    export()
    assert _differences(before, folder) == {DISC, "en/pain/causes/strain.md"}
    load()
    assert not export().differs


def test_a_page_without_a_description_is_written_and_said(export: Callable[[], Export]) -> None:
    _new("home", InfoPage, "bare", search_description="")
    assert [str(p) for p in export().problems] == [
        "en/info/bare.md, line 1: “description” is missing"
    ]


def test_a_deleted_page_loses_its_file_and_links_to_it_become_words(
    export: Callable[[], Export], folder: Path
) -> None:
    before = _files(folder)
    CausePage.objects.get(slug="slipped-disc").delete()
    assert export().outcomes[REMOVED] == [DISC]
    naming = {"en/home.md", "glossary.toml", "en/pain/topic.md", "en/care/belt.md"}
    assert _differences(before, folder) == {DISC, *naming}
    assert _files(folder)["en/home.md"].endswith("\nRead about discs.\n")


def test_a_page_that_is_not_public_leaves_its_file_alone(
    export: Callable[[], Export], folder: Path
) -> None:
    before = _files(folder)
    page = CausePage.objects.get(slug="slipped-disc")
    page.title = "Secret"
    page.save_revision()
    page.unpublish()
    assert export().outcomes[LEFT] == [DISC]
    assert _files(folder) == before


def test_a_draft_is_not_exported(export: Callable[[], Export], folder: Path) -> None:
    before = _files(folder)
    page = CausePage.objects.get(slug="slipped-disc")
    page.title = "Secret"
    page.save_revision()
    assert not export().differs
    assert _files(folder) == before


def test_check_writes_nothing_and_fails_on_a_difference(
    export: Callable[[], Export], folder: Path, settings: Any
) -> None:
    settings.CONTENT_DIR = folder
    out = StringIO()
    call_command("export_content", check=True, to=folder, stdout=out)
    assert out.getvalue() == "12 unchanged\n"
    before = _files(folder)
    Source.objects.filter(key="NG59").update(says="Move.")
    with pytest.raises(CommandError, match="does not say what the site says"):
        call_command("export_content", check=True, to=folder, stdout=out)
    assert _files(folder) == before
    call_command("export_content", to=folder, stdout=out)
    assert "changed: sources.toml" in out.getvalue()
    assert _differences(before, folder) == {"sources.toml"}

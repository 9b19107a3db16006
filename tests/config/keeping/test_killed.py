"""Killed in the middle, the site is whole: as it was before, or as it should be afterwards.

Each test kills a real process at several places and then compares every row.
"""

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Site

ROOT = Path(__file__).resolve().parents[3]
PAGE = "/back-and-calf-pain/back-and-calf-strain/"
WORDS = "These words are new here."


def killed_at_each(here: "Site", points: list[int], *action: str, **kill: Any) -> None:
    """Kill it at these statements, one after the other; nothing is ever half done."""
    before = here.rows()
    for nth in points:
        here.killed(*action, nth=nth, **kill)
        assert here.rows() == before, f"between, after a kill at statement {nth}"


def points(here: "Site", *action: str) -> list[int]:
    """The first write, some in the middle, the last."""
    last = here.do(*action)["statements"]
    return sorted({1, 2, last // 3, last // 2, last - 1, last})


def history(here: "Site") -> dict[str, str]:
    rows = here.rows()
    return {name: rows[name] for name in ("wagtailcore_pagelogentry", "library_causepage")}


class TestPublishing:
    def test_before_its_end_nothing_is_public(self, here: "Site") -> None:
        here.done("draft", WORDS)
        places = points(here, "publish")
        here.fresh()
        here.done("draft", WORDS)
        killed_at_each(here, places, "publish")
        assert WORDS not in here.get(PAGE)[1]
        here.done("publish")  # a second time it works
        assert WORDS in here.get(PAGE)[1]

    def test_at_its_end_page_history_and_search_know_it(self, here: "Site") -> None:
        here.done("draft", WORDS)
        before = history(here)
        here.killed("publish", commit=1)
        assert all(before[name] != now for name, now in history(here).items())
        assert WORDS in here.get(PAGE)[1]
        index = "/search/?q=these+words+are+new"
        assert PAGE in here.get(index)[1]


class TestLoadingContent:
    @pytest.fixture
    def changed(self, tmp_path: Path) -> str:
        """The starter library with some pages reworded."""
        content = tmp_path / "content"
        shutil.copytree(ROOT / "content", content)
        for page in sorted(content.glob("en/back-and-calf/causes/*.md"))[:3]:
            text = page.read_text(encoding="utf-8")
            page.write_text(re.sub(r'(?m)^title = "', 'title = "New: ', text), encoding="utf-8")
        return str(content)

    def test_all_pages_or_none(self, here: "Site", changed: str) -> None:
        load = ("command", "load_content", "--from", changed)
        places = points(here, *load)
        here.fresh()
        killed_at_each(here, places[::2], *load)
        here.killed(*load, commit=1)
        assert "3 changed" not in here.done(*load)
        assert "New: " in here.get(PAGE)[1]

    def test_the_first_load(self, here: "Site", empty_database: str) -> None:
        here.fresh(empty_database)
        killed_at_each(here, [400], "command", "load_content")


def test_a_release_is_made_and_live_or_neither(here: "Site") -> None:
    here.done("propose")
    places = points(here, "approve")
    here.fresh()
    here.done("propose")
    killed_at_each(here, places, "approve")
    here.killed("approve", commit=1)
    assert "Release 2" in here.get("/symptom-checker/back-and-calf/rules/")[1]
    assert here.get("/readyz")[0] == 200


def test_migrating_goes_on_where_it_was_killed(here: "Site") -> None:
    here.done("profile")
    migrate = ("command", "migrate", "wagtailusers", "0008", "--verbosity", "0")
    whole = here.rows()["wagtailusers_userprofile"]
    here.done(*migrate)
    forward = ("command", "migrate", "--verbosity", "0")
    all_of_them = here.do(*forward)["statements"]
    here.done(*migrate)
    for nth in (2, all_of_them // 4, all_of_them // 4):  # each time a little further
        here.killed(*forward, nth=nth)
        here.done("sound")
    assert here.get("/readyz")[0] == 503
    here.done("command", "prepare", "--verbosity", "0")
    assert here.get("/readyz")[0] == 200
    assert here.rows()["wagtailusers_userprofile"] == whole


class TestBackup:
    @pytest.mark.parametrize(
        "kill",
        [
            {"statement": "SELECT", "nth": 40},  # while files and rows are read
            {"statement": "SELECT", "nth": 90},
            {"move": True},  # complete, restored on trial, not yet named
        ],
    )
    def test_there_is_a_whole_backup_or_none(self, here: "Site", kill: dict[str, Any]) -> None:
        folder = here.folder / "backups"
        before = here.rows()
        here.killed("command", "backup", str(folder / "a.tar.gz"), **kill)
        assert not (folder / "a.tar.gz").exists()
        assert here.rows() == before
        here.done("command", "backup", str(folder / "b.tar.gz"))
        assert [path.name for path in folder.iterdir()] == ["b.tar.gz"]


class TestRestoring:
    @pytest.fixture
    def saved(self, here: "Site", tmp_path: Path) -> str:
        """A backup; since then other words were published."""
        path = tmp_path / "saved.tar.gz"
        here.done("command", "backup", str(path))
        here.done("draft", WORDS)
        here.done("publish")
        return str(path)

    def test_the_old_site_until_the_end_and_then_the_new(self, here: "Site", saved: str) -> None:
        restore = ("command", "restore", saved, "--replace", "--without-copy")
        changed = here.rows()
        killed_at_each(here, [1, 60, 150, 190], *restore)
        assert WORDS in here.get(PAGE)[1]
        here.killed(*restore, commit=1)
        restored = here.rows()
        assert restored != changed
        assert WORDS not in here.get(PAGE)[1]
        assert here.mark() == b"?"  # until somebody ends it, workers remember nothing
        here.done(*restore)
        assert here.rows() == restored
        assert len(here.mark()) > 1

    def test_a_start_of_the_server_ends_it_too(self, here: "Site", saved: str) -> None:
        here.killed("command", "restore", saved, "--replace", "--without-copy", commit=1)
        here.done("command", "prepare", "--verbosity", "0")
        assert len(here.mark()) > 1

"""A disk that takes nothing more: reading goes on, saving says so, and it heals by itself."""

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from databases import IS_SQLITE
from django.test import Client

from config import health

if TYPE_CHECKING:
    from conftest import Site


@pytest.mark.skipif(not IS_SQLITE, reason="a full disk of PostgreSQL is that of its own machine")
def test_reading_goes_on_and_saving_works_again_afterwards(here: "Site") -> None:
    told = here.done("crowded")
    assert set(told["before"]) == {200}
    assert set(told["reading"] + told["reading after"]) == {200}
    assert told["saving"] != "done"
    assert told["stamp"] == "done"  # what was published before still becomes new everywhere
    assert told["healed"] == "done"
    here.done("sound")


@pytest.mark.skipif(not IS_SQLITE, reason="the disk of PostgreSQL is that of its own machine")
def test_on_a_disk_that_turned_read_only_reading_goes_on_and_it_heals(here: "Site") -> None:
    told = here.done("read_only")
    assert set(told["before"]) == {200}
    assert told["opening a file"].startswith("PermissionError")
    assert set(told["reading"] + told["reading after"] + told["reading anew"]) == {200}
    assert "done" not in (told["saving"], told["saving, as its editor sees it"], told["backup"])
    assert told["stamp"] == "done"
    assert told["healed"] == told["published"] == "done"
    here.done("sound")
    assert not (here.folder / "a.tar.gz").exists()
    assert "Saved." in here.get("/back-and-calf-pain/back-and-calf-strain/")[1]


def test_a_backup_that_does_not_fit_leaves_nothing_behind(here: "Site") -> None:
    answer = here.do("too_big", str(here.folder / "backups" / "a.tar.gz"))
    assert "No backup was made" in answer["error"]
    assert list((here.folder / "backups").iterdir()) == []


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("free", "flag"), [(0, 0), (10**6, os.ST_RDONLY)])
def test_readyz_tells_it_and_readers_are_still_sent_here(
    client: Client, monkeypatch: pytest.MonkeyPatch, free: int, flag: int
) -> None:
    disk = SimpleNamespace(f_bavail=free, f_frsize=4096, f_flag=flag)
    monkeypatch.setattr(health.os, "statvfs", lambda _path: disk)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (200, False)

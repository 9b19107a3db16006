"""A backup holds everything, and restoring it gives everything back; on either database."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from archives import break_something, everything, run
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Revision

from checker.models import Release
from checker.releases import live_release
from config.keeping import archive, rows
from config.keeping.rotation import rotate
from library.models import Source

pytestmark = pytest.mark.usefixtures("own_folder", "library")


def add_document(name: str, content: bytes) -> Any:
    document = get_document_model()(title=name)
    document.file.save(name, ContentFile(content))
    document.save()
    return document


def test_all_rows_and_files_come_back(file: Path) -> None:
    User.objects.create_user("lena")
    document = add_document("leaflet.pdf", b"%PDF-1.4 leaflet")
    before = everything()
    assert "1 files, restored on trial" in run("backup", file)
    break_something()
    document.file.storage.delete(document.file.name)
    add_document("another.pdf", b"%PDF-1.4 of the site that is replaced")

    run("restore", file, "--replace")
    assert everything() == before
    with default_storage.open(document.file.name) as restored:
        assert restored.read() == b"%PDF-1.4 leaflet"
    assert not default_storage.exists("documents/another.pdf")
    assert live_release("back-and-calf") is not None


def test_new_rows_come_after_the_restored_ones(saved: Path) -> None:
    last = Source.objects.order_by("pk").last()
    assert last is not None
    run("restore", saved, "--replace", "--without-copy")
    new = Source.objects.create(key="NEW", kind="expert", title="New", says="-")
    assert new.pk > last.pk


def test_the_search_finds_what_was_restored(saved: Path, client: Client) -> None:
    break_something()
    call_command("update_index", verbosity=0)
    run("restore", saved, "--replace", "--without-copy")
    assert "/back-and-calf-strain/" in client.get("/search/?q=strain").content.decode()


def test_a_file_that_has_the_name_of_a_restored_one_is_not_written_over(file: Path) -> None:
    document = add_document("leaflet.pdf", b"%PDF-1.4 the restored one")
    run("backup", file)
    name = document.file.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"another"))
    run("restore", file, "--replace", "--without-copy")
    restored = get_document_model().objects.get(pk=document.pk)
    assert restored.file.name != name
    assert restored.file.read() == b"%PDF-1.4 the restored one"
    restored.file.close()


def test_only_its_owner_may_read_it_and_no_secret_key_is_in_it(saved: Path, settings: Any) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    parts = {name: content.read() for name, content in archive.parts(saved)}
    assert not any(settings.SECRET_KEY.encode() in content for content in parts.values())
    assert "database/django_session.jsonl" not in parts


def test_the_live_rules_can_be_read_without_this_program(saved: Path) -> None:
    parts = {name: content.read() for name, content in archive.parts(saved)}
    told = json.loads(parts["releases/back-and-calf-1.json"])
    release = Release.objects.get(number=1)
    assert told["sha256"] == release.digest
    assert told["rules"] == json.loads(json.dumps(release.snapshot))


def test_a_missing_file_is_told_and_stops_nothing(file: Path) -> None:
    document = add_document("gone.pdf", b"%PDF-1.4 gone")
    default_storage.delete(document.file.name)
    assert "documents/gone.pdf" in run("backup", file)
    assert file.exists()


def test_a_backup_that_cannot_be_restored_is_none(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = rows.write

    def forgetful(*args: Any) -> int:
        *others, lines = args
        return really(*others, [line for line in lines if "lumbar-belt" not in line])

    monkeypatch.setattr(rows, "write", forgetful)
    with pytest.raises(CommandError, match="not what was saved"):
        run("backup", file)
    assert os.listdir(file.parent) == ["data"]


def test_the_newest_are_kept(tmp_path: Path) -> None:
    days = [f"causeway-2026-01-0{day}T000000.tar.gz" for day in range(1, 6)]
    for name in (*days, "mine.tar.gz"):
        (tmp_path / name).touch()
    rotate(tmp_path, "causeway-*.tar.gz", 2)
    assert sorted(path.name for path in tmp_path.glob("*.gz")) == [*days[3:], "mine.tar.gz"]


def test_every_row_of_every_table_is_saved() -> None:
    """A table that a new package brings is saved without anybody thinking of it."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    never = {*rows.NOT_SAVED, "django_migrations"}
    full_text = {name for name in there if "_fts" in name}
    assert there - never - full_text == set(rows.tables(apps))


def test_times_keep_every_digit(file: Path) -> None:
    revision = Revision.objects.first()
    assert revision is not None
    moment = revision.created_at.replace(microsecond=123_457)
    Revision.objects.filter(pk=revision.pk).update(created_at=moment)
    run("backup", file)
    run("restore", file, "--replace", "--without-copy")
    assert Revision.objects.get(pk=revision.pk).created_at == moment

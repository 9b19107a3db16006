"""Restoring: what is refused, what an older version saved, and what running workers notice."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from archives import break_something, everything, rewrite, run
from django.apps import apps
from django.core.management import CommandError
from django.test import Client

from config.keeping import archive, backup, epoch, schema
from library.models import Source

pytestmark = pytest.mark.usefixtures("own_folder", "library")


def without_notes_of_changes(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """As it was saved before migration 0007 of the library, which added one column to pages."""
    manifest["migrations"].remove(["library", "0007_change_note"])
    for name, part in manifest["parts"].items():
        if "change_note" in part.get("columns", ()):
            place = part["columns"].index("change_note")
            lines = [json.loads(line) for line in parts[name].splitlines()]
            kept = [[*line[:place], *line[place + 1 :]] for line in lines]
            parts[name] = "".join(json.dumps(line) + "\n" for line in kept).encode()
            part["sha256"] = archive.hash_of(BytesIO(parts[name]))
            part["columns"].remove("change_note")


def test_a_backup_of_an_older_version_is_brought_up_to_date(saved: Path) -> None:
    before = everything()
    rewrite(saved, without_notes_of_changes)
    break_something()
    assert "of an older version" in run("restore", saved, "--replace", "--without-copy")
    after = everything()
    # Migrating adds the kinds that only SQLite's own search has, and their permissions.
    for kinds in ("django_content_type", "auth_permission"):
        del before[kinds], after[kinds]
    assert after == before


class TestRefusals:
    def refused(self, file: Path, match: str) -> None:
        before = everything()
        with pytest.raises(CommandError, match=match):
            run("restore", file, "--replace", "--without-copy")
        assert everything() == before

    def test_a_site_in_use_unless_told(self, saved: Path) -> None:
        with pytest.raises(CommandError, match="--replace"):
            run("restore", saved)

    def test_what_is_replaced_is_saved_first(self, saved: Path, settings: Any) -> None:
        Source.objects.update(title="Of the site that is replaced")
        replaced = everything()
        run("restore", saved, "--replace")
        (copy,) = (settings.DATA_DIR / "backups").iterdir()
        run("restore", copy, "--replace", "--without-copy")
        assert everything() == replaced

    @pytest.mark.parametrize("length", [0, 100, -1_000, -1])
    def test_a_file_cut_short(self, saved: Path, length: int) -> None:
        content = saved.read_bytes()
        saved.write_bytes(content[:length])
        self.refused(saved, "damaged")

    def test_a_flipped_bit(self, saved: Path) -> None:
        content = bytearray(saved.read_bytes())
        content[len(content) // 2] ^= 1
        saved.write_bytes(content)
        self.refused(saved, "damaged")

    def test_a_changed_part(self, saved: Path) -> None:
        table = "database/library_source.jsonl"
        rewrite(
            saved, lambda parts, _m: parts.update({table: parts[table].replace(b"NHS", b"XXX")})
        )
        self.refused(saved, "damaged")

    def test_a_part_too_few(self, saved: Path) -> None:
        rewrite(saved, lambda parts, _manifest: parts.pop("database/library_source.jsonl"))
        self.refused(saved, "damaged")

    def test_a_newer_schema(self, saved: Path) -> None:
        rewrite(saved, lambda _p, manifest: manifest["migrations"].append(["library", "9999_new"]))
        self.refused(saved, r"newer version .* \(library\.9999_new\)")

    def test_rows_that_do_not_belong_together(self, saved: Path) -> None:
        """Hashes are right, but a sign-off's page is missing: a forged or mixed-up archive."""

        def without_pages(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
            name = "database/wagtailcore_page.jsonl"
            parts[name] = parts[name].splitlines(keepends=True)[0]
            manifest["parts"][name]["sha256"] = archive.hash_of(BytesIO(parts[name]))

        rewrite(saved, without_pages)
        self.refused(saved, "(?i)foreign key")

    def test_no_such_file(self, file: Path) -> None:
        self.refused(file, "No such file")


def test_running_workers_forget_what_they_knew(
    saved: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/healthz")
    forgotten = []
    monkeypatch.setattr(
        epoch.ContentType.objects, "clear_cache", lambda: forgotten.append("a worker")
    )
    client.get("/healthz")
    assert forgotten == []
    run("restore", saved, "--replace", "--without-copy")
    forgotten.clear()
    client.get("/healthz")
    client.get("/healthz")
    assert forgotten == ["a worker"]


def test_nothing_is_remembered_while_a_restore_is_at_work(client: Client) -> None:
    from config.serving.changes import counter

    epoch._path().write_bytes(b"?")
    before = counter().read()
    client.get("/healthz")
    between = counter().read()
    client.get("/healthz")
    assert before != between != counter().read()


def test_schema_of_today_is_not_rebuilt() -> None:
    assert schema.registry(schema.applied()) is apps
    assert backup.fingerprint() == backup.fingerprint()

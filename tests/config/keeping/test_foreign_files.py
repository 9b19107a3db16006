"""A file that others made, with hashes that are right, harms nothing and is refused in words."""

import json
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from config.keeping import archive, backup

pytestmark = pytest.mark.django_db
Parts = dict[str, bytes]
ROWS = "database/auth_user.jsonl"


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    """A backup of a site with one account and no pages."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    settings.DATA_DIR.mkdir()
    User.objects.create_user("lena")
    backup.make_backup(tmp_path / "site.tar.gz")
    User.objects.update(username="anna")
    return tmp_path / "site.tar.gz"


def written(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    with tarfile.open(path, "w:gz") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, BytesIO(content))


def forge(path: Path, change: Callable[[Parts, Any], Any]) -> None:
    """Changed, and its manifest mended to fit; ``change`` may give another manifest."""
    parts = {name: content.read() for name, content in archive.parts(path)}
    manifest = json.loads(parts.pop(archive.MANIFEST))
    manifest = change(parts, manifest) or manifest
    if isinstance(manifest, dict):
        told = manifest["parts"]
        for name, content in parts.items():
            told.setdefault(name, {})["sha256"] = archive.hash_of(BytesIO(content))
    named = {**parts, archive.MANIFEST: json.dumps(manifest).encode()}
    written(path, [(tarfile.TarInfo(name), content) for name, content in named.items()])


def refused(path: Path, tmp_path: Path) -> str:
    before = {one.relative_to(tmp_path) for one in tmp_path.rglob("*")}
    with pytest.raises(CommandError) as told:
        call_command("restore", str(path), "--replace", "--without-copy")
    after = {one.relative_to(tmp_path) for one in tmp_path.rglob("*") if one.is_file()}
    assert after - before - {Path("data/restored"), Path("data/pages.stamp")} == set()
    assert User.objects.get().username == "anna"
    return str(told.value)


def with_file(name: str) -> Callable[[Parts, Any], None]:
    return lambda parts, _manifest: parts.update({f"media/{name}": b"x"})


def with_rows(content: bytes) -> Callable[[Parts, Any], None]:
    return lambda parts, _manifest: parts.update({"media/a.txt": b"x", ROWS: content})


def other_table(parts: Parts, manifest: Any) -> None:
    parts["database/sqlite_master.jsonl"] = b"[1]\n"
    manifest["parts"]["database/sqlite_master.jsonl"] = {"columns": ["id"]}


def other_column(_parts: Parts, manifest: Any) -> None:
    manifest["parts"][ROWS]["columns"][0] = 'id") SELECT 1 --'


def no_columns(_parts: Parts, manifest: Any) -> None:
    del manifest["parts"][ROWS]["columns"]


FORGED: dict[str, Callable[[Parts, Any], Any]] = {
    "a file above the media": with_file("../outside.txt"),
    "a file far above": with_file("../../../../../../tmp/outside.txt"),
    "an absolute file": with_file("/outside.txt"),
    "the secret key": with_file("images/../../secret_key"),
    "no JSON": with_rows(b"lena\n"),
    "too few values": with_rows(b"[1]\n"),
    "no list": with_rows(b"7\n"),
    "no text": with_rows(b"\xff\xfe"),
    "a table of the database itself": other_table,
    "a column that is SQL": other_column,
    "no columns": no_columns,
    "a manifest that is a list": lambda _parts, _manifest: [1],
    "no migrations": lambda _parts, manifest: manifest.pop("migrations") and None,
    "migrations of numbers": lambda _parts, manifest: manifest.update(migrations=[1, 2]),
    "no key": lambda _parts, manifest: manifest.pop("secret_key") and None,
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_file_is_refused(file: Path, tmp_path: Path, kind: str) -> None:
    forge(file, FORGED[kind])
    assert "is damaged, or is no backup" in refused(file, tmp_path)


def test_a_part_that_comes_twice_is_refused(file: Path, tmp_path: Path) -> None:
    """The first of them would be taken without its hash being looked at."""
    parts = [(name, content.read()) for name, content in archive.parts(file)]
    members = [(ROWS, b"[2]\n"), *parts]
    written(file, [(tarfile.TarInfo(name), content) for name, content in members])
    assert "is damaged" in refused(file, tmp_path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_pipes_are_refused(file: Path, tmp_path: Path, kind: bytes) -> None:
    link = tarfile.TarInfo("media/images/x.png")
    link.type, link.linkname = kind, "/etc/hostname"
    parts = [(tarfile.TarInfo(name), content.read()) for name, content in archive.parts(file)]
    parts[-1:-1] = [(link, b"")]
    written(file, parts)
    if kind == tarfile.FIFOTYPE:  # holds nothing, and nothing is made of it
        call_command("restore", str(file), "--replace", "--without-copy")
        assert not list(tmp_path.rglob("*.png"))
    else:
        assert "is damaged" in refused(file, tmp_path)


@pytest.mark.parametrize("part", [archive.MANIFEST, "media/a.txt", ROWS])
def test_a_file_that_unpacks_without_end_is_refused(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(archive, "ALWAYS_FINE", 2**20)
    members = [(tarfile.TarInfo(part), b" " * 2**26)]
    written(file, members)
    assert file.stat().st_size < 2**17
    assert "is damaged" in refused(file, tmp_path)

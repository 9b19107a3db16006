"""A whole site in a folder of its own, worked on by processes that may be killed; and a backup."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from snapshot import put_rows

sys.path.insert(0, str(Path(__file__).parent))

from databases import address, copy, of_the_tests, place

ROOT = Path(__file__).resolve().parents[3]


class Site:
    """Its folder, and the process that works on it."""

    def __init__(self, folder: Path, template: str) -> None:
        self.folder, self.template = folder, template
        self.database = place(folder, "causeway")
        environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": address(self.database),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT / "tests")]),
        }
        environment.pop("CACHE_URL", None)
        self.environment = environment
        self._worker = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py"))],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def fresh(self, template: str = "") -> None:
        """The library, two people, nothing else."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        copy(template or self.template, self.database)

    def do(self, action: str, *args: str, **kill: Any) -> dict[str, Any]:
        order = json.dumps({"do": action, "args": args, **kill})
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.write(order + "\n")
        answer: dict[str, Any] = json.loads(self._worker.stdout.readline())
        return answer

    def done(self, action: str, *args: str) -> Any:
        answer = self.do(action, *args)
        assert "out" in answer, answer
        return answer["out"]

    def killed(self, action: str, *args: str, **kill: Any) -> None:
        assert self.do(action, *args, **kill) == {"killed": 9}

    def rows(self) -> dict[str, str]:
        found: dict[str, str] = self.done("look")
        return found

    def get(self, path: str) -> tuple[int, str]:
        status, body = self.done("get", path)[path]
        return status, body

    def mark(self) -> bytes:
        """What a restore leaves for running workers."""
        return (self.folder / "restored").read_bytes()

    def close(self) -> None:
        assert self._worker.stdin is not None
        self._worker.stdin.close()
        self._worker.wait(timeout=60)
        assert self._worker.stdout is not None
        self._worker.stdout.close()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("templates")
    return folder


@pytest.fixture(scope="session")
def empty_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, templates: Path
) -> str:
    """What migrations make."""
    with django_db_blocker.unblock():
        copy(of_the_tests(), place(templates, "empty"))
    return place(templates, "empty")


@pytest.fixture(scope="session")
def one_site(
    empty_database: str,
    library_rows: Any,
    django_db_blocker: DjangoDbBlocker,
    templates: Path,
    tmp_path_factory: Any,
) -> Iterator[Site]:
    template = place(templates, "library")
    with django_db_blocker.unblock():
        with transaction.atomic():
            put_rows(library_rows)
        copy(of_the_tests(), template)
        copy(empty_database, of_the_tests())
    site = Site(tmp_path_factory.mktemp("site"), template)
    site.fresh()
    site.done("accounts")
    copy(site.database, template)
    yield site
    site.close()


@pytest.fixture
def here(one_site: Site) -> Site:
    """A site with the starter library, in whose folder nothing was done yet."""
    one_site.fresh()
    return one_site


@pytest.fixture
def own_folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from config.keeping import epoch

    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.DATA_DIR.mkdir()
    monkeypatch.setattr(epoch, "_seen", None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.tar.gz"


@pytest.fixture
def saved(file: Path, library_rows: Any) -> Path:
    """A backup of the starter library. They are all alike, so it is made once."""
    from config.keeping import backup

    kept = Path(os.environ["DATA_DIR"]) / "starter-library.tar.gz"
    if not kept.exists():
        backup.make_backup(kept)
    shutil.copy(kept, file)
    return file

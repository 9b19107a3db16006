"""Keeps the migrated database and the loaded library between workers, and runs on the same tree.

Both take many seconds, nearly all of it Wagtail's own bookkeeping. What is kept carries a digest
of everything that it was made from: the migrations; all content and code; the packages.
"""

import fcntl
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIBRARY_FROM = ("content", "site", "requirements-dev.txt", "static/figures")
DATABASE_FROM = (*(f"site/{app}" for app in ("checker", "library", "review")), LIBRARY_FROM[2])


def digest(names: Iterable[str], pattern: str = "*") -> str:
    """A name for everything below these places of the tree."""
    found = hashlib.sha256(sys.version.encode())
    for name in names:
        place = ROOT / name
        files = [place] if place.is_file() else sorted(place.rglob(pattern))
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                found.update(file.relative_to(ROOT).as_posix().encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:32]


@contextmanager
def kept(kind: str, name: str) -> Iterator[Path]:
    """The file to read, or to write where it is not there; other workers wait meanwhile."""
    folder = Path(tempfile.gettempdir()) / f"causeway-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        path = folder / f"{kind}-{name}"
        yield path
        for other in folder.glob(f"{kind}-*"):
            if other != path:
                other.unlink()


def loaded_once(kind: str, load: Callable[[], Any]) -> Any:
    """The rows that ``load`` gives; asked for once for a tree, however many workers want them."""
    with kept(kind, digest(LIBRARY_FROM)) as path:
        if path.exists():
            return pickle.loads(path.read_bytes())
        rows = load()
        path.write_bytes(pickle.dumps(rows))
        return rows

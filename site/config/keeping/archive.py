"""One file that holds a whole site: parts, and at its end the manifest that names each of them.

It is written beside its place under another name and moved there when it is complete, so that a
file with the right name is never half a backup. Only its owner may read it.
"""

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST = "manifest.json"
UNFINISHED = ".part"
MEDIA, DATABASE, RELEASES = "media/", "database/", "releases/"
Manifest = dict[str, Any]
_BROKEN = (
    *(tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, SuspiciousOperation),
    *(ValueError, KeyError, TypeError, AttributeError, ValidationError),
)
#: What unpacks to more than so many times its size was made to fill memory or disk.
MOST_PACKED, ALWAYS_FINE = 300, 64 * 2**20
_IN_MEMORY, _PIECE = 8 * 2**20, 2**20


class KeepingError(Exception):
    """Why there is no backup, or nothing was restored; in words for the owner."""


class Writer:
    """Adds parts to a backup that is being made, and remembers the hash of each."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar, self._folder = tar, folder
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, pieces: Iterable[bytes], **told: Any) -> None:
        digest, size = hashlib.sha256(), 0
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._folder)) as spool:
            for piece in pieces:
                digest.update(piece)
                size += spool.write(piece)
            spool.seek(0)
            self._put(name, size, spool)
        self.parts[name] = {"sha256": digest.hexdigest(), "bytes": size, **told}

    def finish(self, manifest: Manifest) -> None:
        text = json.dumps({"format": FORMAT, **manifest, "parts": self.parts}, indent=1).encode()
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            spool.write(text)
            spool.seek(0)
            self._put(MANIFEST, len(text), spool)

    def _put(self, name: str, size: int, content: Any) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, content)


@contextmanager
def place_for(path: Path) -> Iterator[Path]:
    """A file under an unfinished name. It gets its own when all is well, else it is gone.

    It is locked, so that the next backup can tell a file that is being made from one whose making
    was killed.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_away_killed(path.parent)
    unfinished = path.with_name(path.name + UNFINISHED)
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield unfinished
        os.fsync(descriptor)
        os.replace(unfinished, path)
        _keep_name(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def trial_folder(unfinished: Path) -> Path:
    """Where a backup is restored on trial; cleared away with the file if that is killed."""
    return unfinished.with_name(unfinished.name + "-trial")


def _clear_away_killed(folder: Path) -> None:
    for left in folder.glob("*" + UNFINISHED):
        with left.open("rb") as file, suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(trial_folder(left), ignore_errors=True)
            left.unlink()


def _keep_name(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    with tarfile.open(path, mode="w:gz", compresslevel=6) as tar:
        yield Writer(tar, path.parent)


def parts(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each part, in the order in which they were written."""
    with _Bounded(path) as whole:
        with tarfile.open(fileobj=whole, mode="r:") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is not None:
                    yield member.name, content
        for _rest in pieces(whole):  # to the end, where gzip compares its own sum
            pass


@contextmanager
def asking_for(name: str) -> Iterator[None]:
    """Around one file of the media. An S3 that fails does so with errors of its own library."""
    try:
        yield
    except (OSError, KeepingError, *_BROKEN):
        raise
    except Exception as error:
        told = {"file": name, "error": type(error).__name__}
        raise KeepingError(
            _("The storage of the media failed at %(file)s (%(error)s).") % told
        ) from error


class _Bounded(gzip.GzipFile):
    """Gives up on a file that grows without end."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._most = max(ALWAYS_FINE, path.stat().st_size * MOST_PACKED)

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > self._most:
            raise ValueError("it unpacks to too much")
        return super().read(size)


def verified(path: Path) -> Manifest:
    """The manifest, after every byte of every part was compared with it."""
    with saying_what_is_broken(path):
        return _verified(path)


@contextmanager
def saying_what_is_broken(path: Path) -> Iterator[None]:
    """Somebody may hand us any file, also one whose hashes are right and whose content is not."""
    try:
        yield
    except _BROKEN as error:
        raise KeepingError(
            _("%(file)s is damaged, or is no backup of this site. Nothing was changed.")
            % {"file": path}
        ) from error


def _verified(path: Path) -> Manifest:
    manifest: Manifest | None = None
    found = {}
    for name, content in parts(path):
        if name in found or manifest is not None:
            raise ValueError("a part comes twice, or after the manifest")
        if name == MANIFEST:
            manifest = json.load(content)
        else:
            found[name] = hash_of(content)
    if manifest is None or found != {n: p["sha256"] for n, p in manifest["parts"].items()}:
        raise ValueError("parts and manifest differ")
    if not {"migrations", "secret_key"} <= manifest.keys():
        raise ValueError("the manifest is not whole")
    if manifest["format"] != FORMAT:
        raise KeepingError(
            _("%(file)s was made by a newer version of this program.") % {"file": path}
        )
    return manifest


def pieces(content: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        yield piece


def hash_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces(content):
        digest.update(piece)
    return digest.hexdigest()

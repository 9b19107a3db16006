"""Running workers notice that a restore has put another site beneath them.

What a worker remembers (numbers of content types, roots of sites, words of the search) belongs to
rows that are gone. So the restore leaves a mark in DATA_DIR, and each request looks whether it is
still the same. While a restore is at work nothing is remembered; should it be killed, this stays
so until ``restore`` or ``prepare`` comes to an end.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.signals import request_started
from django.utils import timezone
from wagtail.models import Site

from config.serving import changes

_AT_WORK = b"?"  # one byte: its size tells it from a time
_seen: tuple[int, int] | None = None


def _path() -> Path:
    return Path(settings.DATA_DIR) / "restored"


def _mark() -> tuple[int, int] | None:
    try:
        found = os.stat(_path())
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@contextmanager
def restoring() -> Iterator[None]:
    """Around the moment in which the rows change."""
    _path().write_bytes(_AT_WORK)
    changes.counter().move_on()
    try:
        yield
    finally:
        end()


def end() -> None:
    """Nothing is being restored now. Does nothing where nothing was."""
    mark = _mark()
    if mark is not None and mark[1] == len(_AT_WORK):
        cache.clear()
        changes.counter().move_on()
        _path().write_text(timezone.now().isoformat())


def notice(**_kwargs: Any) -> None:
    """Asked at the beginning of every request that reaches Django; costs one look at a file."""
    global _seen
    mark = _mark()
    if mark == _seen:
        return
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    cache.clear()
    if mark is not None and mark[1] == len(_AT_WORK):
        changes.counter().move_on()  # so that what this request makes is not kept
    else:
        _seen = mark


def connect() -> None:
    request_started.connect(notice, dispatch_uid="restored")

"""The word counts of a large library, kept in a file and renewed beside the visitors.

Counting ten thousand pages takes a second or two. Of a small library it takes milliseconds and is
done at once; of a large one a thread does it, at most one a machine, and search goes on with the
counts it has: a word published this second may be corrected for a moment, but it is found.
"""

import fcntl
import json
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import connection

from library.search.catalogue import every_entry
from library.search.counts import WordCounts, count

#: Up to so many pages a visitor's own request can count them.
SMALL = 500
#: Seconds. An editor who publishes page after page does not have them all counted each time.
AT_MOST_EVERY = 30
log = logging.getLogger(__name__)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "search-words.json"


def read() -> WordCounts:
    """What was counted last, here or in another worker; nothing if nobody has counted yet."""
    try:
        return WordCounts.from_json(json.loads(_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return WordCounts()


def renew(stamp: str, give_way: Callable[[], None] = lambda: None) -> WordCounts:
    """Count now, and keep it for every worker and for the next start."""
    counted = count(stamp, every_entry(), give_way)
    new = _file().with_suffix(f".{os.getpid()}")
    try:
        new.write_text(json.dumps(counted.as_json()), encoding="utf-8")
        new.replace(_file())
    except OSError:  # a full disk: this process knows them, the next start counts again
        log.exception("The words of the library could not be kept")
        new.unlink(missing_ok=True)
    return counted


def _age() -> float:
    """Seconds since anybody counted last."""
    try:
        return time.time() - _file().stat().st_mtime
    except OSError:
        return float("inf")


def renew_beside(stamp: str, done: Callable[[WordCounts], None]) -> None:
    """Count in a thread, unless one of this machine's workers is at it, and hand the counts on."""

    def beside() -> None:
        try:
            if _age() > AT_MOST_EVERY:
                renew_alone(stamp, done)
        finally:
            connection.close()

    Thread(target=beside, name="search-words", daemon=True).start()


def renew_alone(stamp: str, done: Callable[[WordCounts], None]) -> None:
    try:
        with _file().with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            kept = read()
            done(kept if kept.stamp == stamp else renew(stamp, lambda: time.sleep(0.001)))
    except BlockingIOError:
        pass  # another worker counts; its file is read in a minute
    except Exception:  # a full disk, a lost database: search lives on with what it has
        log.exception("The words of the library could not be counted")

"""The release that visitors get."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from checker.certificate import is_certified
from checker.engine import Ruleset, parse
from checker.gate import run_gate
from checker.models import Checker, Release
from checker.models.release import digest_of
from library import fresh

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LiveRelease:
    """A release as visitors meet it."""

    checker: str
    title: str
    number: int
    created: datetime
    digest: str
    ruleset: Ruleset
    is_down: bool
    is_live: bool = True

    @property
    def short(self) -> str:
        """Number and the first letters of the hash, for print."""
        return f"{self.number}-{self.digest[:8]}"


_tried: ContextVar[LiveRelease | None] = ContextVar("tried", default=None)


@contextmanager
def trying(unreleased: LiveRelease) -> Iterator[None]:
    """While a clinician tries the working copy, their request, and no other, meets it."""
    token = _tried.set(unreleased)
    try:
        yield
    finally:
        _tried.reset(token)


def live_release(name: str) -> LiveRelease | None:
    """The live release of a checker, or None where there is none that may be served.

    One query; the rules themselves are read and checked once per process and release.
    """
    tried = _tried.get()
    if tried is not None and tried.checker == name:
        return tried
    checker = (
        Checker.objects.filter(name=name, live__isnull=False)
        .select_related("live")
        .defer("live__snapshot", "live__crowd", "live__gate", "live__note")
        .first()
    )
    if checker is None or checker.live is None:
        return None
    return _as_live(checker, checker.live)


def release_by_number(name: str, number: int) -> LiveRelease | None:
    """Any release of a checker, also an old one, as certified as a live one has to be."""
    tried = _tried.get()
    if tried is not None and (tried.checker, tried.number) == (name, number):
        return tried
    row = (
        Release.objects.filter(checker__name=name, number=number)
        .select_related("checker")
        .defer("snapshot", "crowd", "gate", "note")
        .first()
    )
    return None if row is None else _as_live(row.checker, row)


#: What the live releases are read from.
STANDS_ON = (Checker._meta.db_table, Release._meta.db_table)


def all_live() -> list[LiveRelease]:
    """The live release of every checker, for care cards on library pages."""
    rows = fresh.kept("live releases", _live_rows)
    found = [_as_live(row, row.live) for row in rows if row.live is not None]
    return [live for live in found if live is not None]


def _live_rows() -> list[Checker]:
    """In a process that has read no rules yet, they come in the same query."""
    first = not _checked_rules.cache_info().currsize
    left = ("gate", "note") if first else ("snapshot", "crowd", "gate", "note")
    rows = (
        Checker.objects.filter(live__isnull=False)
        .select_related("live")
        .defer(*(f"live__{name}" for name in left))
        .order_by("name")
    )
    found = list(rows)
    for row in found if first else []:
        if row.live is not None:
            _lend(row.live)
    return found


#: Key of a release → its snapshot and crowd, from the query for its row until they are checked.
_at_hand: dict[int, tuple[Any, Any]] = {}


def _lend(release: Release) -> None:
    """Rows are kept, in the cache too; the rules must not be kept with each."""
    held = release.__dict__
    _at_hand[release.pk] = held.pop("snapshot"), held.pop("crowd")


def _as_live(checker: Checker, release: Release) -> LiveRelease | None:
    ruleset = checked_rules(release)
    if ruleset is None or release.checker_id != checker.pk:
        return None
    return LiveRelease(
        checker=checker.name,
        title=ruleset.title,
        number=release.number,
        created=release.created,
        digest=release.digest,
        ruleset=ruleset,
        is_down=checker.is_down,
        is_live=checker.live_id == release.pk,
    )


def checked_rules(release: Release) -> Ruleset | None:
    """The rules of any release, or None if they are not what passed the gate."""
    return _checked_rules(release.pk, release.digest, release.certificate)


@lru_cache(maxsize=16)
def _checked_rules(pk: int, digest: str, certificate: str) -> Ruleset | None:
    """The rules of a release, or None if they are not what passed the gate."""
    at_hand = _at_hand.pop(pk, None)
    snapshot, crowd = at_hand or Release.objects.values_list("snapshot", "crowd").get(pk=pk)
    if digest_of(snapshot) != digest:
        logger.critical("Release %s was changed in the database; it is not served.", pk)
        return None
    ruleset = parse(**snapshot)
    if not is_certified(digest, certificate) and not run_gate(ruleset, crowd or None).passed:
        logger.critical("Release %s does not pass the gate; it is not served.", pk)
        return None
    return ruleset

"""What an answer stands on, and whether all of that is still as it was.

While something is made, a ``Watch`` notes every table it reads, or, where code says so, just the
rows (``exactly``). A change names the same things (``changed``). Both become numbers of slots in a
small table that all workers share: a change writes a new, higher number into its slots, so what
was begun before that number is old. Slots can be shared by chance: then something is made anew
without need. A worker's memory cannot know what another worker saved; the slots do.

``config`` hands over the shared table when the site starts, because nothing here may import it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Protocol, TypeVar
from zlib import crc32

from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

KEEP_SECONDS = 300
SLOTS = 2**18
EVERYTHING = 0
#: Which pages there are and where: in the tree, live, of which kind. Not their words.
TREE = "pages there are"
#: The title of any page: lists are in the order of titles.
NAMES = "names of pages"
#: What lists and links show of any page: its title, its answer, anything but its own body.
SUMMARIES = "what other pages show of pages"
#: Anything about any page.
PAGES = "pages"
Made = TypeVar("Made")


class Counter(Protocol):
    """The shared table: in a file for one machine, in Redis or Valkey for several."""

    def read(self) -> int | None:
        """The number of the last change. None while it cannot be known."""

    def newest(self, slots: tuple[int, ...]) -> int | None:
        """The highest number in these slots."""

    def move_on(self, slots: tuple[int, ...] = (EVERYTHING,)) -> None:
        """Give these slots a number that no slot had before."""


counter: Counter | None = None


def slot(tag: str) -> int:
    return 1 + crc32(tag.encode()) % (SLOTS - 1)


def row(table: str, key: object) -> str:
    """The name of one row."""
    return f"{table}:{key}"


def page(pk: object) -> str:
    return row(PAGES, pk)


def name(pk: object) -> str:
    """A page's title: menus, trails and links show no more of it."""
    return row(NAMES, pk)


def summary(pk: object) -> str:
    """What other pages show of a page."""
    return row(SUMMARIES, pk)


def relations(pk: object) -> str:
    """Which pages an editor named beside this one: its tips, its treatments, its cards."""
    return row("relations", pk)


def reviews(pk: object) -> str:
    """What clinicians recorded about a page."""
    return row("reviews", pk)


@dataclass(frozen=True)
class Footing:
    """What something made stands on. Without ``slots`` nobody knows: any change makes it old."""

    began: int
    day: date
    slots: tuple[int, ...] | None

    def stands(self, shared: Counter) -> bool:
        """At midnight it does not: a review can fall due with nobody touching a page."""
        if self.day != date.today():
            return False
        if self.slots is None:
            return shared.read() == self.began
        newest = shared.newest(self.slots)
        return newest is not None and newest <= self.began


@dataclass
class Watch:
    """Notes what is read. ``quiet``: code is running that says by itself what it reads."""

    began: int
    day: date = field(default_factory=date.today)
    tags: set[str] = field(default_factory=set)
    unknown: bool = False
    quiet: int = 0
    #: Looked up once: a page is made of a hundred pieces, and each asks.
    database: BaseDatabaseWrapper = field(default_factory=lambda: connections[DEFAULT_DB_ALIAS])

    def footing(self) -> Footing:
        slots = tuple(sorted({EVERYTHING, *map(slot, self.tags)}))
        return Footing(self.began, self.day, None if self.unknown else slots)


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(shared: Counter, outer: Watch | None = None) -> Iterator[Watch | None]:
    """Watch what is read in this block. None while the shared table cannot be read.

    With ``outer``, what is made stands on all that was read there so far, too. Within another
    watch it began with that one: what a request read first may be shown again from its memory.
    """
    around = outer or _watch.get()
    began = around.began if around else shared.read()
    watch = None if began is None else Watch(began)
    if watch and around:
        watch.day = around.day
    if watch and outer:
        watch.tags, watch.unknown = set(outer.tags), outer.unknown
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def number(*tags: str) -> int | None:
    """The number of the last change to any of these, in whatever worker it was made."""
    return counter.newest((EVERYTHING, *map(slot, tags))) if counter else None


def current() -> Watch | None:
    return _watch.get()


def uses(*tags: str) -> None:
    """What is being made now stands on these."""
    if watch := _watch.get():
        watch.tags.update(tags)


@contextmanager
def exactly(*tags: str) -> Iterator[None]:
    """What is read in this block is named here and by ``uses``, and need not be guessed."""
    watch = _watch.get()
    if watch is None:
        yield
        return
    watch.tags.update(tags)
    watch.quiet += 1
    try:
        yield
    finally:
        watch.quiet -= 1


class _Changes:
    """What one connection has changed and not told yet. Told at once, however much it is: loading
    a library changes thousands of rows. What is taken back in between is told, too."""

    def __init__(self) -> None:
        self.slots: set[int] = set()

    def __call__(self) -> None:
        slots, self.slots = tuple(self.slots), set()
        if counter and slots:
            counter.move_on(slots)


def changed(*tags: str) -> None:
    """These are different once this transaction is committed. Without tags: everything is."""
    ours = vars(connections[DEFAULT_DB_ALIAS])
    changes: _Changes = ours.setdefault("_changes_to_tell", _Changes())
    changes.slots.update({slot(tag) for tag in tags} or {EVERYTHING})
    transaction.on_commit(changes, robust=True)


def uncommitted() -> bool:
    """Whoever is in the middle of a change sees it at once, and shows it to nobody else."""
    watch = _watch.get()
    waiting = (watch.database if watch else connections[DEFAULT_DB_ALIAS]).run_on_commit
    return bool(waiting) and any(isinstance(entry[1], _Changes) for entry in waiting)


@contextmanager
def watched() -> Iterator[None]:
    """Every request is watched from its beginning, also one whose answer is not kept as a whole."""
    if counter is None or _watch.get() is not None:
        yield
        return
    with watching(counter):
        yield


def kept_part(name: str, make: Callable[[], Made]) -> Made:
    """A part of an answer. It stands on what was read for the answer before, too: ``make`` shows
    rows that others have fetched."""
    outer = _watch.get()
    return make() if outer is None else kept(name, make, outer)


def kept(name: str, make: Callable[[], Made], outer: Watch | None = None) -> Made:
    """What ``make`` made last, while it stands, or makes now."""
    if counter is None or uncommitted():
        return make()
    key = f"kept-{blake2b(name.encode(), digest_size=16).hexdigest()}"
    found: tuple[Any, Footing, frozenset[str]] | None = cache.get(key)
    if found is None or not found[1].stands(counter):
        with watching(counter, outer) as watch:
            made = make()
        if watch is None:
            return made
        found = (made, watch.footing(), frozenset(watch.tags))
        cache.set(key, found, KEEP_SECONDS)
    stand_on(found[1], found[2])
    value: Made = found[0]
    return value


def stand_on(footing: Footing, tags: frozenset[str]) -> None:
    """What is being made shows something that was kept, and stands on all that this stands on."""
    around = _watch.get()
    if around is not None and not around.quiet:
        around.tags.update(tags)
        around.unknown |= footing.slots is None

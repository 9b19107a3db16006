"""Pieces of pages, ready in this worker's memory while they would be made the same again.

A piece is named by all that it is made from, so a page whose words were changed finds the pieces
with the same words again. What it looks up by itself while it is made is noted (``library.fresh``).
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from threading import Lock
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from library import fresh

MOST_BYTES = 4 * 2**20
#: What a piece costs besides its bytes.
_EACH = 600
_PLAIN = frozenset({str, int, float, bool, date, datetime, type(None)})
Made = TypeVar("Made")


@dataclass
class _Piece:
    made: bytes
    footing: fresh.Footing
    tags: frozenset[str]
    #: The number of the last change after which it was found to stand.
    stood: int

    def stands(self, now: int) -> bool:
        """Asking the shared table costs a step over the network where it is in a Redis."""
        if self.stood == now and self.footing.day == date.today():
            return True
        if fresh.counter is None or not self.footing.stands(fresh.counter):
            return False
        self.stood = now
        return True


class _Pieces:
    """The pieces used last. What is stored is bytes, so nobody can change it afterwards."""

    def __init__(self, counter: fresh.Counter | None) -> None:
        self.counter = counter
        self._pieces: OrderedDict[bytes, _Piece] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: bytes) -> _Piece | None:
        with self._lock:
            found = self._pieces.get(key)
            if found is not None:
                self._pieces.move_to_end(key)
            return found

    def put(self, key: bytes, piece: _Piece) -> None:
        with self._lock:
            old = self._pieces.pop(key, None)
            self._bytes += len(piece.made) - len(old.made) if old else len(piece.made) + _EACH
            self._pieces[key] = piece
            while self._bytes > MOST_BYTES and len(self._pieces) > 1:
                _key, dropped = self._pieces.popitem(last=False)
                self._bytes -= len(dropped.made) + _EACH


_pieces = _Pieces(None)


def forget() -> None:
    """For tests, which put back rows without telling."""
    _pieces.counter = None


def _known(counter: fresh.Counter) -> _Pieces:
    """What stood by one table says nothing by another."""
    global _pieces
    if _pieces.counter is not counter:
        _pieces = _Pieces(counter)
    return _pieces


def piece(made_from: object, make: Callable[[], Made]) -> Made:
    """What ``make`` makes of nothing but ``made_from`` (see ``plain``) and what it looks up."""
    request_watch = fresh.current()
    if fresh.counter is None or request_watch is None or fresh.uncommitted():
        return make()
    pieces = _known(fresh.counter)
    key = blake2b(repr(made_from).encode(), digest_size=16).digest()
    found = pieces.get(key)
    if found is None or not found.stands(request_watch.began):
        with fresh.watching(fresh.counter) as watch:
            made = make()
        if watch is None:
            return made
        found = _Piece(pickle.dumps(made), watch.footing(), frozenset(watch.tags), watch.began)
        pieces.put(key, found)
    fresh.stand_on(found.footing, found.tags)
    return cast(Made, pickle.loads(found.made))  # noqa: S301 - made here, never left the process


def show(request: HttpRequest | None, template: str, given: dict[str, Any]) -> SafeString:
    """A template shown as a piece: it sees what is given and the owner's settings, nothing else."""
    inputs = {name: plain(value) for name, value in given.items()}
    return show_found(request, template, sorted(inputs.items()), lambda: inputs)


def show_found(
    request: HttpRequest | None, template: str, named: object, find: Callable[[], dict[str, Any]]
) -> SafeString:
    """The same of what must be looked up (``find``), and is where the piece is made: it depends on
    nothing but ``named``, the place and what it reads."""
    from library.brand import current_brand

    def make() -> str:
        context = Context({**find(), "brand": SimpleLazyObject(current_brand)})
        found: Any = get_template(template)
        return str(found.template.render(context))

    made = piece((template, place(request), named), make)
    return mark_safe(made)  # noqa: S308 - made by Django's own escaping templates


def place(request: HttpRequest | None) -> str:
    """Where a page is shown: what addresses and translated words depend on."""
    if request is None:
        return str(get_language())
    if not hasattr(request, "place"):
        request.place = f"{request.scheme}://{request.get_host()} {get_language()}"  # type: ignore[attr-defined]
    found: str = request.place  # type: ignore[attr-defined]
    return found


class _Safe(SafeString):
    """It is shown without escaping, so its name must differ from that of the same words."""

    def __repr__(self) -> str:
        return f"safe {super().__repr__()}"


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass; nothing has none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def plain(value: Any) -> Any:
    """A value whose ``repr`` says all that can be seen of it; others are refused.

    A model's row, say, would be shown with words that its name does not hold.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, SafeString):
        return _Safe(value)
    if isinstance(value, list | tuple):
        return tuple([one if type(one) in _PLAIN else plain(one) for one in value])
    kind: Any = value.__class__
    if names := _names(kind):
        return kind(*plain([getattr(value, name) for name in names]))
    raise TypeError(f"{value.__class__} cannot be part of what names a piece")

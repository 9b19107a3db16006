"""A page as ready bytes: plain, gzip and brotli, each with its own strong ETag."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import brotli

from library.fresh import Counter, Footing

Headers = list[tuple[str, str]]
#: Set here for each form, or true of the one request by which the page was made.
_OURS = {"content-length", "content-encoding", "etag", "vary", "x-request-id"}
#: Best first: fast enough to wait for.
PACK: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "br": (partial(brotli.compress, quality=5), brotli.decompress),
    "gzip": (partial(gzip.compress, compresslevel=6, mtime=0), gzip.decompress),
}
SMALLEST = 512  # below this, compressing costs more bytes than it saves
#: A sixth smaller than that, but thirty times the work: for a page that is asked for again, and
#: beside the answers, of which none waits for it. Many a page then fits into a first round trip.
TIGHT = "br"
_pack_tight = partial(brotli.compress, quality=11)
_beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tight")


@dataclass(frozen=True)
class Form:
    """One form of the page: its bytes and its complete headers."""

    kept: bytes
    headers: Headers
    #: What a reader is told who has it already, under whichever of its names.
    not_modified: dict[str, Headers]
    #: The plain form is three times as large as all others together and hardly ever asked for, so
    #: it is what another form holds, where there is one.
    unpack: Callable[[bytes], bytes] = bytes

    @property
    def body(self) -> bytes:
        return self.unpack(self.kept)


@dataclass
class Entry:
    """Every form of a page that somebody asked for, and what it stands on."""

    footing: Footing
    #: Headers of every form, and what names the words.
    headers: Headers
    digest: str
    forms: dict[str, Form]
    #: The number of the last change after which it was found to stand.
    stood: int
    #: How many forms, and of how many bytes, were counted when it was stored.
    counted: tuple[int, int] = (0, 0)
    asked_again: bool = False

    def stands(self, now: int, shared: Counter) -> bool:
        """Most readers come when nothing has changed since the reader before."""
        if now != self.stood or self.footing.day != date.today():
            if not self.footing.stands(shared):
                return False
            self.stood = now
        return True

    def best(self, accepted: str) -> Form:
        """The smallest form that the reader's browser takes. To make one takes milliseconds, and
        most readers take the same."""
        if len(self.forms) > 1 or len(self.forms["identity"].kept) >= SMALLEST:
            for encoding in PACK:
                if _accepts(accepted, encoding):
                    return self._again(encoding) or self._pack(encoding, PACK[encoding][0])
        return self.forms["identity"]

    def _again(self, encoding: str) -> Form | None:
        """The form, if somebody had it before; the second time it is worth packing tight."""
        form = self.forms.get(encoding)
        if form and encoding == TIGHT and not self.asked_again:
            self.asked_again = True
            _beside.submit(self._pack, encoding, _pack_tight, "tight")
        return form

    def _pack(self, encoding: str, pack: Callable[[bytes], bytes], how: str = "") -> Form:
        plain = self.forms["identity"]
        form = _form(encoding, pack(plain.body), self.digest, self.headers, how)
        self.forms[encoding] = form
        self.forms["identity"] = replace(plain, kept=form.kept, unpack=PACK[encoding][1])
        return form

    @property
    def size(self) -> int:
        return sum({id(form.kept): len(form.kept) for form in list(self.forms.values())}.values())


def make_entry(footing: Footing, body: bytes, headers: Iterable[tuple[str, str]]) -> Entry:
    kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
    digest = hashlib.sha256(body).hexdigest()[:32]
    plain = _form("identity", body, digest, kept)
    return Entry(footing, kept, digest, {"identity": plain}, footing.began)


def _form(encoding: str, body: bytes, digest: str, kept: Headers, how: str = "") -> Form:
    """``how`` it was packed stands in its name: a strong name means the very same bytes. Workers
    do not pack at the same moment, so each knows again what another gave.
    """
    vary = ("Vary", "Accept-Encoding")
    names = {packed: f'"{digest}-{encoding}{packed}"' for packed in ("", "tight")}
    coded = [] if encoding == "identity" else [("Content-Encoding", encoding)]
    full = [*kept, ("ETag", names[how]), vary, *coded, ("Content-Length", str(len(body)))]
    same = [pair for pair in kept if pair[0].lower() in ("cache-control", "date")]
    return Form(body, full, {name: [*same, ("ETag", name), vary] for name in names.values()})


def _accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header takes this encoding (``q=0`` refuses it)."""
    for part in header.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() == encoding:
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False

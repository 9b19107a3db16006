"""A page as ready bytes: plain, gzip and brotli, each with its own strong ETag."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import brotli

from library.fresh import Counter, Footing

Headers = list[tuple[str, str]]
#: Set here for each form, or true of the one request by which the page was made.
_OURS = {"content-length", "content-encoding", "etag", "vary", "x-request-id"}
#: Best first. The best that either can do is one in a hundred smaller, and takes ten times as long.
PACK: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "br": (partial(brotli.compress, quality=5), brotli.decompress),
    "gzip": (partial(gzip.compress, compresslevel=6, mtime=0), gzip.decompress),
}
SMALLEST = 512  # below this, compressing costs more bytes than it saves


@dataclass(frozen=True)
class Form:
    """One form of the page: its bytes and its complete headers."""

    kept: bytes
    etag: str
    headers: Headers
    not_modified: Headers
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
                    return self.forms.get(encoding) or self._packed(encoding)
        return self.forms["identity"]

    def _packed(self, encoding: str) -> Form:
        plain = self.forms["identity"]
        pack, unpack = PACK[encoding]
        form = _form(encoding, pack(plain.body), self.digest, self.headers)
        self.forms[encoding] = form
        self.forms["identity"] = replace(plain, kept=form.kept, unpack=unpack)
        return form

    @property
    def size(self) -> int:
        return sum({id(form.kept): len(form.kept) for form in list(self.forms.values())}.values())


def make_entry(footing: Footing, body: bytes, headers: Iterable[tuple[str, str]]) -> Entry:
    kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
    digest = hashlib.sha256(body).hexdigest()[:32]
    plain = _form("identity", body, digest, kept)
    return Entry(footing, kept, digest, {"identity": plain}, footing.began)


def _form(encoding: str, body: bytes, digest: str, kept: Headers) -> Form:
    etag = f'"{digest}-{encoding}"'
    shared = [("ETag", etag), ("Vary", "Accept-Encoding")]
    coded = [] if encoding == "identity" else [("Content-Encoding", encoding)]
    full = [*kept, *shared, *coded, ("Content-Length", str(len(body)))]
    same = [pair for pair in kept if pair[0].lower() in ("cache-control", "date")]
    return Form(body, etag, full, [*same, *shared])


def _accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header takes this encoding (``q=0`` refuses it)."""
    for part in header.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() == encoding:
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False

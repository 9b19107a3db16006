"""A page as ready bytes: plain, gzip and brotli, each with its own strong ETag."""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import brotli

from library.fresh import Counter, Footing

Headers = list[tuple[str, str]]
#: Set here for each form, or true of the one request by which the page was made.
_OURS = {"content-length", "content-encoding", "etag", "vary", "x-request-id"}
#: The best that either can do is one in a hundred smaller, and takes ten times as long.
_GZIP, _BROTLI = 6, 5
SMALLEST = 512  # below this, compressing costs more bytes than it saves


@dataclass(frozen=True)
class Form:
    """One form of the page: its bytes and its complete headers."""

    kept: bytes
    etag: str
    headers: Headers
    not_modified: Headers
    #: The plain form is three times as large as all others together and hardly ever asked for, so
    #: it is kept as gzip.
    packed: bool = False

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.kept) if self.packed else self.kept


@dataclass
class Entry:
    """Every form of a page, best first, and what it stands on."""

    footing: Footing
    forms: dict[str, Form]
    #: The number of the last change after which it was found to stand.
    stood: int

    def stands(self, now: int, shared: Counter) -> bool:
        """Most readers come when nothing has changed since the reader before."""
        if now != self.stood or self.footing.day != date.today():
            if not self.footing.stands(shared):
                return False
            self.stood = now
        return True

    def best(self, accepted: str) -> Form:
        """The smallest form that the reader's browser takes."""
        for encoding in ("br", "gzip"):
            if encoding in self.forms and _accepts(accepted, encoding):
                return self.forms[encoding]
        return self.forms["identity"]

    @property
    def size(self) -> int:
        return sum(len(form.kept) for form in self.forms.values() if not form.packed)


def make_entry(footing: Footing, body: bytes, headers: Iterable[tuple[str, str]]) -> Entry:
    kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
    bodies = {"identity": body}
    if len(body) >= SMALLEST:
        bodies["gzip"] = gzip.compress(body, compresslevel=_GZIP, mtime=0)
        bodies["br"] = brotli.compress(body, quality=_BROTLI)
    digest = hashlib.sha256(body).hexdigest()[:32]
    forms = {name: _form(name, data, digest, kept) for name, data in bodies.items()}
    if "gzip" in bodies:
        forms["identity"] = replace(forms["identity"], kept=bodies["gzip"], packed=True)
    return Entry(footing, forms, footing.began)


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

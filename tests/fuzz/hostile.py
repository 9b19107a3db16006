"""Requests that no browser makes. All from a seed, so that what failed can be asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from routes import Route

METHODS = (*("GET",) * 8, *("POST",) * 6, "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
STRANGE_METHODS = ("CONNECT", "PROPFIND", "get", "GET ", "", "X" * 2000, "\x00", "PÖST")
TEXTS = (
    "", "0", "-1", "1e9", "9" * 40, "NaN", "null", "None", "true", "a" * 300, "a" * 9000, "%", "%%",
    "%00", "%0d%0aSet-Cookie:x=1", "%c0%ae%c0%ae/", "%ff%fe", "%u0041", "\x00", "\r\nX: y", "\n",
    "\x7f\x1b[2J", "../" * 12 + "etc/passwd", "..\\..\\", "//evil.example/", "/\\evil.example",
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "javascript:alert(1)",
    "' OR 1=1 --", "\"; DROP TABLE x; --", "a' AND sleep(9)--", "{{7*7}}", "{% debug %}", "${7*7}",
    "%s%n%x", "$(id)", "`id`", "*", "*" * 500, "(" * 400, "[" * 400, "\"" * 401, "a OR " * 200,
    "AND NOT OR", "a* NEAR b", "col:umn", "^$.*", "\u202e\u200b\ufeff", "\u00ed\u00a0\u00bd",
    "ÿþ", "é", "e\u0301" * 200, "ß" * 200, "İ" * 99,
    "痛" * 150, "🦵" * 100, "ﷺ" * 50, "\u0600" * 80, "x\tx", "  ", "١٢٣", "²", "1_000", "0x10",
)  # fmt: skip
HOSTS = (
    "evil.example", "127.0.0.1:99999", "127.0.0.1:x", "[::1", "[::1]:80", "127.0.0.1, evil.example",
    "", " ", "a" * 3000, "127.0.0.1\r\nX: y", "@evil.example", "127.0.0.1/../", "\x00", "ö.example",
    "localhost.", "LOCALHOST", "[::ffff:127.0.0.1]",
)  # fmt: skip
HEADERS: dict[str, Sequence[str]] = {
    "HTTP_RANGE": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 900, "x"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', 'W/"x"', '"' * 500),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Foo 0000"),
    "HTTP_ACCEPT": ("*/*", "application/json", "text/html;q=x", "a/b," * 900, "x"),
    "HTTP_ACCEPT_ENCODING": ("br", "gzip;q=0", "identity;q=0", "*;q=0", "x" * 900, "br;q=\x00"),
    "HTTP_ACCEPT_LANGUAGE": ("zh-hant", "en-" * 900, "x" * 900, "*;q=9", "ar,en;q=x", "../../x"),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_X_FORWARDED_PROTO": ("https", "http, https", "x"),
    "HTTP_X_FORWARDED_FOR": ("192.0.2.4", "x", "," * 900, "1.2.3.4, " * 500, "\x00", "::1%eth0"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE", "PUT", "x"),
    "HTTP_X_ORIGINAL_URL": ("/admin/",),
    "HTTP_X_REWRITE_URL": ("/admin/",),
    "HTTP_REFERER": ("http://[", "x", "http://127.0.0.1/", "javascript:x", "//", "a" * 9000),
    "HTTP_ORIGIN": ("null", "http://[", "http://127.0.0.1", "https://evil.example"),
    "HTTP_SEC_FETCH_SITE": ("same-origin", "cross-site", "x", ""),
    "HTTP_SEC_PURPOSE": ("prefetch", "x"),
    "HTTP_AUTHORIZATION": ("Basic x", "Bearer " + "x" * 900, "Basic " + "=" * 99, "Token"),
    "HTTP_USER_AGENT": ("", "x" * 9000, "() { :;}; id"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_CONTENT_ENCODING": ("gzip", "br"),
    "HTTP_TRANSFER_ENCODING": ("chunked",),
    "HTTP_EXPECT": ("100-continue",),
    "HTTP_UPGRADE": ("websocket", "h2c"),
    "HTTP_X_REQUEST_ID": ("x" * 900, "a b\r\nc", "\x00"),
}
COOKIES = (
    "sessionid={}", "csrftoken={}", "messages={}", "answers-back-and-calf={}", "django_language={}",
    "answers-back-and-calf=.eJx:{}:x", "{}", "{}={}", '="{}";;;', "a=" + "b" * 9000, "a;" * 400,
    'x="{}\\', "answers-back-and-calf=" + "A" * 5000 + ":x:y",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset={}",
    "multipart/form-data; boundary=B", "multipart/form-data; boundary=B; charset={}",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary={}",
    "application/json", "text/xml", "text/plain; charset=utf-7", "", "x",
    "multipart/mixed;boundary=B",
)  # fmt: skip
LENGTHS = ("", "-1", "x", "99999999999", "0", "1e3", "\x00")
FIELDS = (
    "answer", "release_number", "code", "clear", "words", "q", "kind", "format", "limit", "offset",
    "id", "type", "fields", "icd10", "icd11", "slug", "csrfmiddlewaretoken", "next", "page",
    "as-typed", "ended", "search", "locale", "order", "_method", "x",
)  # fmt: skip


TOKEN = "c" * 32


def as_wsgi(words: str) -> str:
    """Bytes, as WSGI writes them."""
    return words.encode("utf-8", "surrogatepass").decode("latin-1")


@dataclass(frozen=True)
class Hostile:
    """A request, in the words of WSGI."""

    path: str
    body: bytes = b""
    environ: dict[str, Any] = field(default_factory=dict)


@dataclass
class Attacker:
    random: Random
    routes: Sequence[Route]
    #: Addresses and values that are there: the deepest code runs behind those.
    paths: Sequence[str]
    values: Sequence[str]

    def request(self) -> Hostile:
        """At a page that may be kept ready, or at any view, as deep as it can get."""
        if self._often(0.65):
            method = self._pick(("GET", "GET", "HEAD"), STRANGE_METHODS)
            environ = {"REQUEST_METHOD": method, "REMOTE_ADDR": self._address()}
            path = as_wsgi(self.random.choice(self.paths))
            return Hostile(path, b"", {**self._headers(), **environ})
        environ = self._headers()
        environ["REQUEST_METHOD"] = self._pick(METHODS, STRANGE_METHODS)
        environ["QUERY_STRING"] = self._query() if self._often(0.5) else ""
        environ["REMOTE_ADDR"] = self._address()
        body = b""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self._often(0.02):
            environ["CONTENT_TYPE"], body = self._body()
            if self._often(0.8):  # past the guard of forms, into the view
                environ["HTTP_X_CSRFTOKEN"] = TOKEN
                environ["HTTP_COOKIE"] = f"csrftoken={TOKEN}; {environ.get('HTTP_COOKIE', '')}"
        if self._often(0.03):
            environ["CONTENT_LENGTH"] = self.random.choice(LENGTHS)
        return Hostile(self._path(), body, environ)

    def _often(self, share: float) -> bool:
        return self.random.random() < share

    def _pick(self, usual: Sequence[str], strange: Sequence[str], share: float = 0.03) -> str:
        return self.random.choice(strange if self._often(share) else usual)

    def _text(self) -> str:
        """Something that is there, something strange, or noise."""
        kind = self.random.random()
        if kind < 0.45:
            return self.random.choice(self.values)
        if kind < 0.9:
            return self.random.choice(TEXTS)
        return self.random.randbytes(self.random.randrange(1, 60)).decode("latin-1")

    def _path(self) -> str:
        kind = self.random.random()
        if kind < 0.15:
            path = self.random.choice(self.paths)
        elif kind < 0.2:
            path = "/" + self._text() + "/" + self._text()
        else:
            route = self.random.choice(self.routes)
            path = route.filled({hole: self._text() for hole in route.holes})
        if self._often(0.05):
            path = self.random.choice((path + "/", path.upper(), "/" + path, path[:-1], path * 3))
        return as_wsgi(path)

    def _query(self) -> str:
        if self._often(0.03):
            return "&".join(f"{self.random.choice(FIELDS)}[{n}]=x" for n in range(1500))
        pairs = (
            f"{self._pick(FIELDS, TEXTS)}={self._text()}"
            for _ in range(self.random.randrange(1, 4))
        )
        return as_wsgi("&".join(pairs))

    def _headers(self) -> dict[str, str]:
        names = self.random.sample(sorted(HEADERS), self.random.choice((0, 0, 1, 2, 4)))
        found = {name: self.random.choice(HEADERS[name]) for name in names}
        if self._often(0.04):
            found["HTTP_HOST"] = self.random.choice(HOSTS)
        if self._often(0.3):
            cookie = self.random.choice(COOKIES).replace("{}", self._text())
            found["HTTP_COOKIE"] = as_wsgi(cookie)
        return found

    def _address(self) -> str:
        """Another household each time: what is attacked here is not the limit."""
        return ".".join(str(self.random.randrange(1, 255)) for _ in range(4))

    def _body(self) -> tuple[str, bytes]:
        kind = self.random.choice(TYPES).replace("{}", self.random.choice(TEXTS)[:40])
        fields = [(self._pick(FIELDS, TEXTS), self._text()) for _ in range(3)]
        if kind.startswith("multipart"):
            body = b"".join(self._part(name, value) for name, value in fields) + b"--B--\r\n"
        elif kind.startswith("application/json"):
            body = self.random.choice((b"{", b"[" * 3000, b'{"a":1e999}', b"null"))
        else:
            body = "&".join(f"{name}={value}" for name, value in fields).encode("utf-8", "replace")
        if self._often(0.3):
            body = body[: self.random.randrange(len(body) + 1)]
        if self._often(0.005):
            body += b"&x=" + b"y" * 3_000_000
        if self._often(0.01):
            body += b"&z=1" * 12_000
        return kind, body

    def _part(self, name: str, value: str) -> bytes:
        file = f'; filename="{self.random.choice(TEXTS)[:80]}"' if self._often(0.3) else ""
        coding = self.random.choice(("", "", "base64", "quoted-printable", "x"))
        head = f'--B\r\nContent-Disposition: form-data; name="{name[:200]}"{file}\r\n'
        if coding:
            head += f"Content-Transfer-Encoding: {coding}\r\n"
        return f"{head}\r\n{value}\r\n".encode("utf-8", "replace")

"""The outermost layer: gives a public page's ready bytes, before Django routes anything.

Kept is only what Django gave an anonymous reader as a whole, public, cookieless page. The checker,
previews, drafts, the admin, anything with a session or a query, private pages and errors never are.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from threading import Lock
from typing import Any

from config.serving.entry import Entry, Form, Headers, make_entry
from library.fresh import Counter, watching

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: About a thousand pages.
MOST_BYTES = 16 * 2**20
FRONT_SECONDS = 60
KEPT_TYPES = ("text/html", "text/plain", "text/markdown", "application/xml", "application/atom+xml")
_NEVER = ("no-store", "private", "no-cache")


class KeptPages:
    """A WSGI application around another.

    ``session_cookie`` names the cookie that means "known"; addresses that begin with one of
    ``never`` are passed on untouched. ``has_front`` says that an nginx in front may keep answers,
    because it hears of changes.
    """

    def __init__(
        self,
        app: Application,
        counter: Counter,
        session_cookie: str,
        never: Sequence[str],
        has_front: bool = False,
    ) -> None:
        self.app, self.counter, self.session_cookie = app, counter, session_cookie
        self.never, self.has_front = tuple(never), has_front
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        now = self.counter.read() if key is not None else None
        if key is None or now is None:
            return self.app(environ, start_response)
        entry = self._entries.get(key)
        if entry is None or not entry.stands(now, self.counter):
            entry, answer = self._make(key, environ, start_response)
            if entry is None:
                return answer
        form = entry.best(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if entry.counted[0] != len(entry.forms):  # it is new, or was never asked for in this form
            self._put(key, entry)
        return _answer(form, environ, start_response, self._for_front())

    def _for_front(self) -> Headers:
        """How long nginx may keep it without asking again: for a minute, and not over midnight."""
        if not self.has_front or self._many_languages():
            return []
        now = datetime.now()
        midnight = 86_400 - (now.hour * 60 + now.minute) * 60 - now.second
        return [("X-Accel-Expires", str(min(FRONT_SECONDS, midnight)))]

    def _key(self, environ: Environ) -> str | None:
        """What names a page, or None where the request must go to Django."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(self.never) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if environ.get("QUERY_STRING"):
            return None
        if f"{self.session_cookie}=" in environ.get("HTTP_COOKIE", ""):
            return None
        if "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ:
            return None
        language = ""
        if self._many_languages():
            if "django_language=" in environ.get("HTTP_COOKIE", ""):  # chosen: for this reader
                return None
            language = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        host = environ.get("HTTP_HOST", "")
        told = environ.get("HTTP_X_FORWARDED_PROTO", "").split(",")[0].strip()
        scheme = "https" if told == "https" else environ.get("wsgi.url_scheme", "")
        return f"{scheme} {host} {path} {language}"

    @staticmethod
    def _many_languages() -> bool:
        from django.conf import settings

        return len(settings.LANGUAGES) > 1

    def _make(
        self, key: str, environ: Environ, start_response: StartResponse
    ) -> tuple[Entry | None, Iterable[bytes]]:
        """Ask Django; keep the answer where it may be kept, else pass it on as it is."""
        told: list[Any] = []

        def listen(status: str, headers: Headers, *rest: Any) -> None:
            told[:] = [status, headers, *rest]

        plain = {**environ, "REQUEST_METHOD": "GET"}
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING"):
            plain.pop(name, None)
        with watching(self.counter) as watch:
            body = _whole(self.app(plain, listen))
        status, headers = told[0], told[1]
        if watch is None or not may_be_kept(status, headers):
            start_response(*told)
            return None, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        return make_entry(watch.footing(), body, headers), []

    def _put(self, key: str, entry: Entry) -> None:
        with self._lock:
            old = self._entries.pop(key, None)
            self._bytes -= old.counted[1] if old else 0
            entry.counted = len(entry.forms), entry.size
            self._bytes += entry.counted[1]
            self._entries[key] = entry
            while self._bytes > MOST_BYTES and len(self._entries) > 1:
                _key, dropped = self._entries.popitem(last=False)
                self._bytes -= dropped.counted[1]


def may_be_kept(status: str, headers: Headers) -> bool:
    """A whole, public page for everyone: no cookie set, none looked at, nothing said against it."""
    told: dict[str, str] = {}
    for name, value in headers:
        told[name.lower()] = f"{told.get(name.lower(), '')}, {value}".strip(", ")
    return (
        status.startswith("200 ")
        and "set-cookie" not in told
        and "cookie" not in told.get("vary", "").lower()
        and "content-disposition" not in told
        and told.get("content-type", "").split(";")[0] in KEPT_TYPES
        and not any(word in told.get("cache-control", "") for word in _NEVER)
    )


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()


def _answer(
    form: Form, environ: Environ, start_response: StartResponse, more: Headers
) -> Iterable[bytes]:
    for name, headers in form.not_modified.items():
        if name in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", [*headers, *more])
            return []
    start_response("200 OK", [*form.headers, *more])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

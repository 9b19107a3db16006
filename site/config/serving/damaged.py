"""Turns away requests that no server should have let through, before Django is made to read them.

A NUL in a header, or a length that is no number, makes Python's own functions fail in places where
nobody expects it. Web servers refuse such requests as a rule; this stands behind those that do not.
"""

from collections.abc import Iterable

from config import security
from config.serving.kept_pages import Application, Environ, StartResponse

WORDS = b"We could not read what your browser sent.\n"
HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(WORDS)))]


class RefuseDamaged:
    """A WSGI application around another."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if _is_damaged(environ):
            start_response("400 Bad Request", [*HEADERS, *security.bare()])
            return [WORDS]
        return self.app(environ, start_response)


def _is_damaged(environ: Environ) -> bool:
    length = environ.get("CONTENT_LENGTH") or "0"
    return not (length.isascii() and length.isdecimal()) or any(
        "\x00" in value for value in environ.values() if type(value) is str
    )

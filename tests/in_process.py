"""Asks the WSGI application itself, with the layer of kept pages around Django, from a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from config.serving.kept_pages import Application


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def connection_stays() -> Iterator[None]:
    """Django lets go of the connection after a request, and a test's transaction with it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(application: Application, path: str = "/", body: bytes = b"", **environ: Any) -> Answer:
    """One request as a server hands it over: ``path`` and headers as WSGI's latin-1 text."""
    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_rest: object) -> None:
        told[:] = [int(status.split()[0]), dict(headers)]

    given = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)),
        **environ,
    }
    chunks = application(given, start_response)
    try:
        return Answer(told[0], told[1], b"".join(chunks))
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()

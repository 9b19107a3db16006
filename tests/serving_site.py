"""Public answers as readers get them, and as they would be if nothing were kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection

from config.serving.kept_pages import Environ, KeptPages
from config.serving.stamp import FileCounter
from library import fresh

NEVER = ["/static/", "/admin/", "/symptom-checker/"]


@contextmanager
def committed() -> Iterator[None]:
    """What is done in the block counts as committed, though the test takes it back later."""
    already = list(connection.run_on_commit)
    yield
    while new := [entry for entry in connection.run_on_commit if entry not in already]:
        connection.run_on_commit[:] = already
        for _savepoints, tell, _robust in new:  # which may change something more
            tell()


def settle() -> None:
    """All that the test did so far counts as committed, though the test takes it back later."""
    waiting, connection.run_on_commit[:] = list(connection.run_on_commit), []
    for _savepoints, tell, _robust in waiting:
        tell()


def ask(app: Callable[..., Any], path: str, **environ: str) -> tuple[str, bytes]:
    told: list[Any] = []
    request: Environ = {"PATH_INFO": path, "HTTP_HOST": "localhost", **environ}
    setup_testing_defaults(request)
    for signal in (request_started, request_finished):  # they would end the test's transaction
        signal.disconnect(close_old_connections)
    try:
        answer = app(request, lambda *args: told.extend(args))
        body = b"".join(answer)
        getattr(answer, "close", int)()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return told[0], body


class Site:
    """One worker: Django behind the layer of kept pages. ``made`` holds what Django was asked."""

    def __init__(self, shared: FileCounter) -> None:
        self.shared, self.made = shared, set[str]()
        self.django = get_wsgi_application()
        self.app = KeptPages(self._asked, shared, "sessionid", NEVER)

    def _asked(self, environ: Environ, start_response: Callable[..., Any]) -> Any:
        self.made.add(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def read(self, *paths: str) -> dict[str, tuple[str, bytes]]:
        """What a reader gets."""
        return {path: ask(self.app, path) for path in paths}

    def truth(self, *paths: str) -> dict[str, tuple[str, bytes]]:
        """What a reader should get: made now, with nothing kept anywhere."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fresh, "counter", None)
            return {path: ask(self.django, path) for path in paths}

"""A front that cannot be reached: changes do not wait for it, and one line of the log says so."""

import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from config.serving import front
from config.serving.front import NginxBackend


class Front(BaseHTTPRequestHandler):
    emptied = 0

    def do_DELETE(self) -> None:
        type(self).emptied += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """It has its port, which nobody else can take, and does not listen yet."""
    monkeypatch.setattr(front, "_failed_at", {})
    monkeypatch.setattr(Front, "emptied", 0)
    server = HTTPServer(("127.0.0.1", 0), Front, bind_and_activate=False)
    server.server_bind()
    yield server
    server.server_close()


def changes(server: HTTPServer, many: int = 1) -> None:
    """Wagtail makes a new backend for every change."""
    for _change in range(many):
        NginxBackend({"LOCATION": f"http://127.0.0.1:{server.server_port}/pages/"}).purge("/")


def errors(caplog: pytest.LogCaptureFixture) -> int:
    return sum(record.levelno == logging.ERROR for record in caplog.records)


def test_a_lost_front_is_said_once_and_not_asked_with_each_change(
    server: HTTPServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    really = front.urlopen
    monkeypatch.setattr(front, "urlopen", lambda *a, **k: asked.append(a) or really(*a, **k))
    changes(server, many=50)
    assert (len(asked), errors(caplog)) == (1, 1)
    monkeypatch.setattr(front, "LET_ALONE_SECONDS", 0.0)
    changes(server, many=3)
    assert (len(asked), errors(caplog)) == (4, 1)


def test_a_front_that_is_back_is_emptied_and_missed_anew(
    server: HTTPServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "LET_ALONE_SECONDS", 0.0)
    changes(server)
    server.server_activate()
    thread = Thread(target=server.serve_forever)
    thread.start()
    changes(server, many=2)
    server.shutdown()
    thread.join()
    server.socket.close()
    assert Front.emptied == 2
    changes(server)
    assert errors(caplog) == 2

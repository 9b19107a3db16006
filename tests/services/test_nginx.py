"""The shipped nginx in front: keeps what is everyone's, and nothing old after a change."""

import gzip
import os
import sys
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import sleep
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import brotli
import pytest

from config.serving import front, kept_pages
from config.serving.front import WithFront
from config.serving.kept_pages import KeptPages
from config.serving.stamp import FileCounter

sys.path.insert(0, str(Path(__file__).parent))
from nginx import nginx
from servers import free_port

pytestmark = pytest.mark.skipif(
    "TEST_POSTGRESQL" not in os.environ, reason="needs nginx, which make test-services installs"
)


class Django:
    """Stands in for the site: its words change when somebody publishes."""

    def __init__(self) -> None:
        self.words, self.asked = "Keep moving. " * 100, 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked += 1
        path, known = environ["PATH_INFO"], environ.get("HTTP_COOKIE", "")
        headers = [("Content-Type", "text/html; charset=utf-8")]
        if path.startswith("/symptom-checker/"):
            headers.append(("Set-Cookie", "answers=mine"))
        if path == "/suggest/":
            headers.append(("Cache-Control", "public, max-age=300"))
        if path == "/gone/":
            start_response("404 Not Found", headers)
            return [b"Nothing"]
        start_response("200 OK", headers)
        return [f"{path} {known} {self.words}".encode()]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


class Front:
    """nginx, the site behind it, and a way to ask."""

    def __init__(self, port: int, folder: Path, django: Django, counter: WithFront) -> None:
        self.port, self.folder, self.django, self.counter = port, folder, django, counter
        self.stop: Callable[[], None] = lambda: None

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def publish(self, words: str) -> None:
        self.django.words = words
        self.counter.move_on()

    def kept(self, wanted: int) -> list[Path]:
        """What nginx holds. It puts an answer there after the reader has it: wait a little."""
        for _attempt in range(100):
            found = [path for path in self.folder.glob("cache/pages/**/*") if path.is_file()]
            if len(found) >= wanted:
                break
            sleep(0.05)
        return found


@pytest.fixture
def served(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    purge, listen = free_port(), free_port()
    address = f"http://127.0.0.1:{purge}/pages/"
    backend = "config.serving.front.NginxBackend"
    settings.WAGTAILFRONTENDCACHE = {"nginx": {"BACKEND": backend, "LOCATION": address}}
    monkeypatch.setattr(front, "AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(kept_pages, "FRONT_SECONDS", 1)
    django, counter = Django(), WithFront(FileCounter(tmp_path / "stamp"))
    app = KeptPages(django, counter, "sessionid", ["/symptom-checker/"], has_front=True)
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as site:
        thread = threading.Thread(target=site.serve_forever, daemon=True)
        thread.start()
        with nginx(site.server_port, listen, purge) as folder:
            served = Front(listen, folder, django, counter)

            def stop() -> None:
                site.shutdown()
                thread.join()
                site.server_close()

            served.stop = stop
            yield served
            stop()


def test_the_next_reader_after_a_change_gets_the_new_page(served: Front) -> None:
    for number in range(30):
        served.publish(f"Version {number}. " * 60)
        for _reader in range(2):
            assert f"Version {number}." in served.ask("/")[1].decode()


def test_readers_are_answered_without_the_site(served: Front) -> None:
    served.ask("/")
    served.django.words = "Not published"
    site = served.django.asked
    for _reader in range(5):
        answer, body = served.ask("/")
        assert b"Keep moving" in body
        assert answer.headers["X-Accel-Expires"] is None
    assert served.django.asked == site


def test_each_form_is_kept_once_however_it_is_asked_for(served: Front) -> None:
    plain = served.ask("/")[1]
    for wanted in ("br", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "deflate,br"):
        answer, body = served.ask("/", Accept_Encoding=wanted)
        assert (answer.headers["Content-Encoding"], brotli.decompress(body)) == ("br", plain)
        assert answer.headers["Vary"] == "Accept-Encoding"
    for wanted in ("gzip", "gzip, br;q=0", "gzip;q=0.5,deflate"):
        answer, body = served.ask("/", Accept_Encoding=wanted)
        assert (answer.headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", plain)
    for wanted in ("br;q=0", "gzip;q=0.0", "brotli, xgzip", "identity"):
        answer, body = served.ask("/", Accept_Encoding=wanted)
        assert (answer.headers["Content-Encoding"], body) == (None, plain)
    assert len(served.kept(3)) == 3


def test_an_unchanged_page_is_not_sent_again(served: Front) -> None:
    etag = served.ask("/", Accept_Encoding="br")[0].headers["ETag"]
    answer, body = served.ask("/", Accept_Encoding="br", If_None_Match=etag)
    assert (answer.status, body) == (304, b"")
    served.publish("New words. " * 60)
    assert served.ask("/", Accept_Encoding="br", If_None_Match=etag)[0].status == 200


def test_what_is_someones_own_is_neither_kept_nor_given_to_others(served: Front) -> None:
    assert b"sessionid=ada" not in served.ask("/")[1]
    assert b"sessionid=ada" in served.ask("/", Cookie="sessionid=ada")[1]
    assert b"sessionid=ben" in served.ask("/", Cookie="x=1; sessionid=ben")[1]
    assert b"sessionid" not in served.ask("/")[1]
    for path in ("/symptom-checker/", "/suggest/?q=a", "/suggest/", "/gone/", "/?page=2"):
        served.ask(path)
        before = served.django.asked
        served.ask(path)
        # The site itself keeps what is for everyone; nginx keeps no more than that.
        assert served.django.asked == before + (path != "/suggest/")


def test_readers_do_not_notice_that_the_site_is_down(served: Front) -> None:
    served.ask("/")
    served.stop()
    sleep(1.2)  # what nginx holds has ended
    assert b"Keep moving" in served.ask("/")[1]
    assert served.ask("/never-asked-for/")[0].status == 502


def test_nobody_can_empty_the_cache_from_outside(served: Front) -> None:
    served.ask("/")
    before = served.kept(1)
    assert served.ask("/pages/", method="DELETE")[0].status != 204
    assert before
    assert served.kept(1) == before


def test_documents_and_drafts_of_media_are_not_given_out(served: Front) -> None:
    media = served.folder / "data/media"
    (media / "documents").mkdir(parents=True)
    (media / "documents/private.pdf").write_text("private")
    (media / "images").mkdir()
    (media / "images/knee.png").write_text("a picture")
    served.folder.chmod(0o755)
    (media / "images/page.html").write_text("<script>")
    (media / "avatar_images").mkdir()
    (media / "avatar_images/me.jpg").write_text("as it was sent")
    (served.folder / "data/secret.png").write_text("secret")
    for shut in ("documents/private.pdf", "images/page.html", "avatar_images/me.jpg", "images/"):
        assert served.ask(f"/media/{shut}")[0].status == 404, shut
    files = {path.read_bytes() for path in (served.folder / "data").rglob("*.*")}
    for away in ("images/../documents/private.pdf", "images/..%2f..%2fsecret.png", "../secret.png"):
        assert served.ask(f"/media/{away}")[1] not in files, away
    answer, body = served.ask("/media/images/knee.png")
    assert body == b"a picture"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"]
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ):
        assert answer.headers[name] == value

"""Ready pages: whole, right for their reader, never old, never somebody else's."""

import gzip
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import brotli
import pytest

from config.serving.entry import _beside
from config.serving.kept_pages import KeptPages, may_be_kept
from config.serving.stamp import FileCounter
from library import fresh

WORDS = "Keep moving as much as you can. " * 40
HTML = [("Content-Type", "text/html; charset=utf-8")]


class Django:
    """Stands in for the application behind: counts how often it is asked."""

    def __init__(self, headers: Iterable[tuple[str, str]] = HTML, status: str = "200 OK") -> None:
        self.headers, self.status, self.asked, self.words = list(headers), status, 0, WORDS

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [self.words.encode()]


class Told:
    def __call__(self, status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        self.status, self.headers = status, dict(headers)


@pytest.fixture
def counter(tmp_path: Path) -> FileCounter:
    return FileCounter(tmp_path / "stamp")


def ask(app: KeptPages, path: str = "/", **environ: str) -> tuple[Told, bytes]:
    told = Told()
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "localhost", **environ}
    return told, b"".join(app(request, told))


def kept(django: Django, counter: FileCounter) -> KeptPages:
    return KeptPages(django, counter, "sessionid", ["/admin/"])


def test_the_second_reader_does_not_wake_django(counter: FileCounter) -> None:
    django = Django()
    app = kept(django, counter)
    assert ask(app)[1] == ask(app)[1] == WORDS.encode()
    assert django.asked == 1


def test_each_browser_gets_the_form_it_takes(counter: FileCounter) -> None:
    app = kept(Django(), counter)
    plain, br = ask(app), ask(app, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    zipped = ask(app, HTTP_ACCEPT_ENCODING="gzip;q=1.0, br;q=0")
    assert brotli.decompress(br[1]) == gzip.decompress(zipped[1]) == plain[1]
    assert (br[0].headers["Content-Encoding"], zipped[0].headers["Content-Encoding"]) == (
        "br",
        "gzip",
    )
    assert len({told.headers["ETag"] for told, _body in (plain, br, zipped)}) == 3
    assert all(told.headers["Vary"] == "Accept-Encoding" for told, _body in (plain, br, zipped))


def test_an_unchanged_page_is_not_sent_again(counter: FileCounter) -> None:
    app = kept(Django(), counter)
    etag = ask(app)[0].headers["ETag"]
    told, body = ask(app, HTTP_IF_NONE_MATCH=etag)
    assert told.status.startswith("304")
    assert body == b""
    assert told.headers["ETag"] == etag


def test_a_page_that_is_asked_for_again_is_packed_tight_beside_the_answers(
    counter: FileCounter,
) -> None:
    django = Django()
    django.words = "".join(f"<li>Walk {n} minutes, then rest for {n * 7}.</li>" for n in range(99))
    app, other_worker = kept(django, counter), kept(django, counter)
    quick, _again = (ask(app, HTTP_ACCEPT_ENCODING="br") for _time in range(2))
    _beside.submit(bool).result()  # one thing at a time: what was asked for before is done
    tight = ask(app, HTTP_ACCEPT_ENCODING="br")
    assert len(tight[1]) < len(quick[1]) * 0.95
    assert int(tight[0].headers["Content-Length"]) == len(tight[1])
    assert brotli.decompress(tight[1]) == brotli.decompress(quick[1]) == ask(app)[1]
    names = [told.headers["ETag"] for told, _body in (quick, tight)]
    assert names[0] != names[1]
    for worker in (app, other_worker):
        for name in names:
            told, body = ask(worker, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=name)
            assert (told.status[:3], told.headers["ETag"], body) == ("304", name, b"")


def test_a_change_makes_it_new_in_every_worker(counter: FileCounter, tmp_path: Path) -> None:
    django = Django()
    here = kept(django, counter)
    there = kept(django, FileCounter(tmp_path / "stamp"))
    assert ask(here)[1] == ask(there)[1]
    django.words = "New words. " * 100
    counter.move_on()
    assert ask(here)[1] == ask(there)[1] == django.words.encode()


def test_a_page_made_from_old_rows_is_not_taken_for_new(counter: FileCounter) -> None:
    django = Django()
    app = kept(django, counter)

    def slow(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        answer = django(environ, start_response)
        if django.asked == 1:
            counter.move_on()  # an editor publishes while this page is being made
            django.words = "New words. " * 100
        return answer

    app.app = slow
    ask(app)
    assert ask(app)[1] == django.words.encode()


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "q=pain"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_RANGE": "bytes=0-3"},
        {"PATH_INFO": "/admin/"},
    ],
)
def test_what_is_someones_own_always_goes_to_django(
    counter: FileCounter, environ: dict[str, str]
) -> None:
    django = Django()
    app = kept(django, counter)
    ask(app, **environ)
    ask(app, **environ)
    assert django.asked == 2


@pytest.mark.parametrize(
    ("status", "header"),
    [
        ("404 Not Found", ("X", "y")),
        ("302 Found", ("Location", "/")),
        ("200 OK", ("Set-Cookie", "a=b")),
        ("200 OK", ("Vary", "Cookie")),
        ("200 OK", ("Cache-Control", "no-store, private")),
        ("200 OK", ("Content-Disposition", "attachment")),
    ],
)
def test_what_is_not_for_everyone_is_not_kept(status: str, header: tuple[str, str]) -> None:
    assert may_be_kept("200 OK", HTML)
    assert not may_be_kept(status, [*HTML, header])


def test_hosts_do_not_share_pages(counter: FileCounter) -> None:
    django = Django()
    app = kept(django, counter)
    ask(app)
    ask(app, HTTP_HOST="other.example")
    assert django.asked == 2


def test_a_head_request_has_the_headers_and_no_body(counter: FileCounter) -> None:
    app = kept(Django(), counter)
    told, body = ask(app, REQUEST_METHOD="HEAD")
    assert body == b""
    assert told.headers["Content-Length"] == str(len(WORDS))


def test_the_oldest_pages_make_room(counter: FileCounter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.serving.kept_pages.MOST_BYTES", 2000)
    django = Django()
    app = kept(django, counter)
    for number in range(20):
        ask(app, path=f"/{number}/")
    assert app._bytes <= 2000
    ask(app, path="/0/")
    assert django.asked == 21


def test_readers_in_parallel_never_see_an_old_page(counter: FileCounter) -> None:
    """Whoever asks after a change is committed gets the new words, in eight threads at once."""
    django = Django()
    app = kept(django, counter)
    old: list[str] = []
    start, versions = Barrier(9), count(1)

    def publish() -> None:
        start.wait()
        for _ in range(200):
            django.words = f"{next(versions):06d} " * 100
            counter.move_on()

    def read() -> None:
        start.wait()
        for _ in range(400):
            committed = int(django.words[:6]) if django.words[0].isdigit() else 0
            words = ask(app)[1].decode()
            seen = int(words[:6]) if words[0].isdigit() else 0
            # The words change just before the stamp does, so one step behind is not yet published.
            if seen < committed - 1:
                old.append(f"{seen} after {committed}")

    threads = [Thread(target=publish), *[Thread(target=read) for _ in range(8)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert old == []


def test_two_writers_lose_no_step(tmp_path: Path) -> None:
    first, second = FileCounter(tmp_path / "stamp"), FileCounter(tmp_path / "stamp")
    for _ in range(50):
        first.move_on()
        second.move_on()
    assert first.read() == second.read() == 100


def test_a_change_elsewhere_leaves_a_page_ready(counter: FileCounter) -> None:
    django = Django()

    def makes(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        fresh.uses("a tip")
        return django(environ, start_response)

    app = KeptPages(makes, counter, "sessionid", [])
    ask(app)
    counter.move_on((fresh.slot("another tip"),))
    ask(app)
    assert django.asked == 1
    counter.move_on((fresh.slot("a tip"),))
    ask(app)
    assert django.asked == 2


def test_an_answer_of_which_nothing_is_known_is_new_after_any_change(counter: FileCounter) -> None:
    django = Django()

    def makes(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        watch = fresh.current()
        assert watch is not None
        watch.unknown = True
        return django(environ, start_response)

    app = KeptPages(makes, counter, "sessionid", [])
    ask(app)
    ask(app)
    assert django.asked == 1
    counter.move_on((fresh.slot("something else"),))
    ask(app)
    assert django.asked == 2

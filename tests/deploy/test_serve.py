"""The server's own start: one process that loads the site, keeps workers, and makes them new."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60
NEW_CODE = """
def healthz(request):
    return HttpResponse("new\\n", content_type="text/plain")
"""
LOADED = """
import os, threading
from config.serving.server import load
load()
from django.db import connections
opened = [one for one in connections.all() if one.connection is not None]
print("connections", len(opened), "threads", threading.active_count())
files = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
links = [os.readlink(file) for file in files if os.path.exists(file)]
print("sockets", sum(link.startswith("socket:") for link in links))
"""

#: What a process knows of, which loads the site as it is told.
ADDRESSES = """
import sys
from django.core import checks
from django.urls import get_resolver
def below(patterns, before=""):
    for pattern in patterns:
        yield before + str(pattern.pattern)
        yield from below(getattr(pattern, "url_patterns", ()), before + str(pattern.pattern))
print(*below(get_resolver().url_patterns), sep="\\n")
print(checks.run_checks())
unused = "jinja2 ninja pillow_heif psycopg pygments requests yaml charset_normalizer"
print(*[name for name in unused.split() if name in sys.modules], file=sys.stderr)
"""
PLAINLY = "import config.wsgi"
LEANLY = "from config.serving.server import load; load()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    code: Path

    def health(self) -> bytes:
        """What ``/healthz`` answers, over a connection of its own; nothing where it does not."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().read()
        except (OSError, HTTPException):
            return b""
        finally:
            connection.close()

    def workers(self) -> set[int]:
        pid = self.process.pid
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def update(self, code: str) -> None:
        with (self.code / "site/config/health.py").open("a") as file:
            file.write(code)
        self.process.send_signal(signal.SIGHUP)


def wait_until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """On code of its own, which a test may change."""
    code, port = tmp_path / "code", free_port()
    for folder in ("deploy", "site"):
        leave_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, code / folder, ignore=leave_out)
    for folder in ("content", "static", "templates"):
        (code / folder).symlink_to(ROOT / folder)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATA_DIR": str(tmp_path),
        "GRANIAN_PORT": str(port),
        "GRANIAN_WORKERS": "2",
        "GRANIAN_WORKERS_KILL_TIMEOUT": "2",
        "GRANIAN_RESPAWN_INTERVAL": "1",
    }
    (tmp_path / "static").mkdir()
    process = subprocess.Popen([code / "deploy/serve"], env=environment, cwd=tmp_path)
    found = Server(process, port, code)
    wait_until(lambda: bool(found.health()))
    yield found
    process.terminate()
    process.wait(PATIENCE)


def test_new_code_takes_over_and_no_reader_is_lost(server: Server) -> None:
    before, answers, enough = server.workers(), [], Event()
    assert len(before) == 2

    def read() -> None:
        while not enough.is_set():
            answers.append(server.health())

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    server.update(NEW_CODE)
    wait_until(lambda: not before & server.workers())
    enough.set()
    for reader in readers:
        reader.join()
    assert set(answers) == {b"ok\n", b"new\n"}
    assert len(server.workers()) == 2
    assert {server.health() for _ in range(20)} == {b"new\n"}


def test_code_that_cannot_be_loaded_changes_nothing(server: Server) -> None:
    before = server.workers()
    server.update("\nraise RuntimeError\n")
    wait_until(lambda: not before & server.workers())
    wait_until(lambda: len(server.workers()) == 2)
    assert {server.health() for _ in range(20)} == {b"ok\n"}


def test_asked_to_end_in_the_middle_of_it_nothing_runs_on(server: Server) -> None:
    before = server.workers()
    server.update(NEW_CODE)
    wait_until(lambda: server.health() == b"new\n")
    server.process.terminate()
    server.process.wait(PATIENCE)
    assert not server.health()
    assert not [pid for pid in before if Path(f"/proc/{pid}").exists()]


def test_a_worker_that_dies_is_replaced(server: Server) -> None:
    before = server.workers()
    os.kill(max(before), signal.SIGKILL)
    wait_until(lambda: len(server.workers() - before) == 1)
    wait_until(lambda: bool(server.health()))


def run(code: str, data: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    environment = {**kept, "PYTHONPATH": str(ROOT / "site"), "DATA_DIR": str(data), **more}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True)


#: One of each setting that brings in other code (docs/running.md).
ALL_SETTINGS = {
    "FRONTEND_CACHE_URL": "http://127.0.0.1:8081/pages/",
    "MEDIA_STORAGE": "s3://bucket?endpoint=https://s3.example.org&region=eu-west-2",
    "MEDIA_URL": "https://media.example.org/",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "EMAIL_URL": "smtp://mail.example.org:587",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "LOG_FORMAT": "json",
}


@pytest.mark.parametrize("more", [{}, ALL_SETTINGS], ids=["the fewest settings", "all settings"])
def test_what_the_server_leaves_out_is_missed_by_nothing(
    tmp_path: Path, more: dict[str, str]
) -> None:
    more = {**more, "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    plain = run(PLAINLY + ADDRESSES, tmp_path, **more)
    lean = run(LEANLY + ADDRESSES, tmp_path, **more)
    assert lean.stdout == plain.stdout
    assert lean.stdout.endswith("\n[]\n")
    assert "ninja" in plain.stderr.splitlines()[-1]
    left = lean.stderr.splitlines()[-1].split()
    assert left == (["requests", "charset_normalizer"] if more.keys() & ALL_SETTINGS.keys() else [])


def test_what_was_left_out_can_be_imported_afterwards(tmp_path: Path) -> None:
    told = run(f"{LEANLY}; import requests, pillow_heif; print(requests.get)", tmp_path)
    assert "function get" in told.stdout


def test_nothing_is_open_that_workers_would_share(tmp_path: Path) -> None:
    """Neither the database nor the cache is there, and loading does not ask for them."""
    database = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    cache = f"redis://127.0.0.1:{free_port()}/0"
    told = run(LOADED, tmp_path, DATABASE_URL=database, CACHE_URL=cache)
    assert told.stdout.split() == ["connections", "0", "threads", "1", "sockets", "0"]

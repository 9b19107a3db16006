"""The server's own start: one process that keeps workers and makes them new without a gap."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def healthy(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def workers(server: subprocess.Popen[bytes]) -> set[int]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return {int(pid) for pid in children.split()}


def wait_until(met: object) -> None:
    assert callable(met)
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATA_DIR": str(tmp_path),
        "GRANIAN_PORT": str(port),
        "GRANIAN_WORKERS": "2",
        "GRANIAN_WORKERS_KILL_TIMEOUT": "2",
    }
    (tmp_path / "static").mkdir()
    process = subprocess.Popen([ROOT / "deploy/serve"], env=environment, cwd=tmp_path)
    wait_until(lambda: healthy(port))
    yield process, port
    process.terminate()
    process.wait(PATIENCE)


def test_workers_are_made_new_without_a_gap(
    server: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, port = server
    before = workers(process)
    assert len(before) >= 2
    process.send_signal(signal.SIGHUP)
    refused = 0

    def all_new() -> bool:
        nonlocal refused
        refused += not healthy(port)
        return not before & workers(process)

    wait_until(all_new)
    wait_until(lambda: len(workers(process)) == len(before))
    assert refused == 0


def test_a_worker_that_dies_is_replaced(server: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = server
    before = workers(process)
    os.kill(max(before), signal.SIGKILL)
    wait_until(lambda: len(workers(process) - before) == 1)
    wait_until(lambda: healthy(port))

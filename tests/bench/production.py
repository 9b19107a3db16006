"""The site as ``make serve`` starts it, on a free port and with data of its own."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS", "EMAIL_URL", "CACHE_URL")


@dataclass(frozen=True)
class Production:
    url: str
    data: Path
    environment: dict[str, str]
    server: "subprocess.Popen[bytes]"

    def workers(self) -> list[int]:
        return children(self.server.pid)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(server: int) -> dict[str, float]:
    """Of a server, in MiB a worker.

    All that it holds, its first process included, divided by its workers: of what processes share
    each counts its part (PSS). And what ``ps`` tells of a worker, where shared parts count in each.
    """
    workers = children(server)
    whole = sum(smaps(pid)["Pss"] for pid in (server, *workers))
    alone = sum(smaps(pid)["Rss"] for pid in workers)
    return {
        "memory a worker, MiB": round(whole / len(workers), 1),
        "memory a worker as ps tells it, MiB": round(alone / len(workers), 1),
    }


def smaps(pid: int) -> dict[str, float]:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE)
    return {name: int(size) / 1024 for name, size in found}


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextmanager
def production(workers: int = 2, kept: Path | None = None, **more: str) -> Iterator[Production]:
    """On new data, or on those that are ``kept``. ``more`` is environment on top, such as a
    ``DATABASE_URL``."""
    data, port = kept or Path(tempfile.mkdtemp(prefix="causeway-bench-")), free_port()
    url = f"http://127.0.0.1:{port}"
    env = {
        **{name: value for name, value in os.environ.items() if name not in NOT_OURS},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATA_DIR": str(data),
        "DEBUG": "0",
        "SITE_URL": url,
        "LOG_LEVEL": "WARNING",
        "GRANIAN_PORT": port,
        "GRANIAN_WORKERS": str(workers),
        "GRANIAN_LOG_LEVEL": "warning",
        **more,
    }
    # As the image has it. Where the environment forbids to keep it, every start would compile anew.
    subprocess.run([sys.executable, "-m", "compileall", "-q", "site"], cwd=ROOT, check=True)
    prepare = [sys.executable, "manage.py", "prepare", "--static"]
    # What stands in front is started later, and has kept nothing yet.
    alone = {name: value for name, value in env.items() if name != "FRONTEND_CACHE_URL"}
    subprocess.run(prepare, cwd=ROOT, env=alone, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([ROOT / "deploy/serve"], cwd=ROOT, env=env)
    try:
        wait_for(url)
        yield Production(url, data, env, server)
    finally:
        server.terminate()
        server.wait()
        if kept is None:
            shutil.rmtree(data, ignore_errors=True)


def wait_for(url: str, every: float = 0.2) -> None:
    for _attempt in range(int(60 / every)):
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{url} answers {error.code}") from error
        except OSError:
            time.sleep(every)
    raise SystemExit(f"No answer from {url}")

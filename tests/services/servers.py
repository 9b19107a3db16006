"""PostgreSQL and Redis for the length of a test run: on loopback, on free ports, thrown away after.

Nothing of the servers that the system may run itself is touched. What makes a database slow so
that it survives a power cut is switched off.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

HOST, USER = "127.0.0.1", "causeway"
PATIENCE = 60
_TIDY: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}


class Server:
    """A program that listens on a port; it can be stopped and started again with its data."""

    def __init__(self, folder: Path, command: list[str], port: int, user: str | None) -> None:
        self.folder, self.command, self.port, self.user = folder, command, port, user
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stderr=log, user=self.user, **_TIDY
            )
        until = monotonic() + PATIENCE
        while not self.answers():
            if monotonic() > until or self.process.poll() is not None:
                raise SystemExit(f"{self.command[0]}: {(self.folder / 'log').read_text()[-2000:]}")
            sleep(0.1)

    def answers(self) -> bool:
        try:
            socket.create_connection((HOST, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """As a crash would: whoever waits for an answer gets none."""
        if self.process:
            self.process.send_signal(self.stop_signal)
            self.process.wait(PATIENCE)
            self.process = None

    stop_signal = 15


class PostgreSQL(Server):
    stop_signal = 3  # at once, whoever is connected

    def __init__(self, folder: Path) -> None:
        port, user = free_port(), _not_root()
        programs = postgresql_programs()
        data = folder / "data"
        if user:
            shutil.chown(folder, user)
        make = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"]
        make += ["--locale=C.UTF-8", "--no-sync"]
        if not data.exists():
            subprocess.run([str(part) for part in make], check=True, cwd=folder, user=user, **_TIDY)
        settings = {
            "listen_addresses": HOST,
            "port": str(port),
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "100",
        }
        command = [str(programs / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        super().__init__(folder, command, port, user)

    @property
    def url(self) -> str:
        return f"postgres://{USER}@{HOST}:{self.port}/postgres"


class Redis(Server):
    """It keeps nothing: started again, it has forgotten everything."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        command = ["redis-server", "--bind", HOST, "--port", str(port)]
        super().__init__(folder, [*command, "--save", "", "--appendonly", "no"], port, None)

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}"


@contextmanager
def running(kind: type[PostgreSQL] | type[Redis]) -> Iterator[Any]:
    with tempfile.TemporaryDirectory(prefix="causeway-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = kind(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


def postgresql_programs() -> Path:
    """Debian keeps the server out of the path, in a folder of its version."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[4])
    )
    path = str(found[-1]) if found else shutil.which("initdb")
    if path is None:
        raise SystemExit("PostgreSQL is not installed (Debian: apt-get install postgresql).")
    return Path(path).parent


def _not_root() -> str | None:
    """PostgreSQL refuses to run as root. Debian's package brings a user for it."""
    return "postgres" if os.getuid() == 0 else None

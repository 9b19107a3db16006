"""Libraries of ten thousand pages, on SQLite and on PostgreSQL: made once and kept for next time.

They lie in the system's folder for what is temporary, under a name that says from what code they
were made: PostgreSQL must reach them as a user of its own. Older ones are thrown away.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from production import NOT_OURS, ROOT

sys.path.insert(0, str(ROOT / "tests/services"))
from servers import PostgreSQL

PREFIX = f"causeway-grown-{os.getuid()}-"
PROGRAM = ROOT / "tests/bench/growth.py"
MADE_FROM = ("content", "site/library/growth", "site/library/models")


def _home() -> Path:
    digest = hashlib.sha256()
    for part in MADE_FROM:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    above = Path(tempfile.gettempdir())
    home = above / (PREFIX + digest.hexdigest()[:12])
    for old in above.glob(PREFIX + "*"):
        if old != home or not (old / "made").exists():
            shutil.rmtree(old)
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    return home


def environment(data: Path, **more: str) -> dict[str, str]:
    data.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return {**kept, "DATA_DIR": str(data), "DEBUG": "0", **more}


@contextmanager
def libraries() -> Iterator[dict[str, dict[str, str]]]:
    """The environment by which each is reached. Both are made at the same time."""
    home = _home()
    with ExitStack() as stack:
        found = {"SQLite": environment(home / "sqlite")}
        try:
            url = stack.enter_context(_postgresql(home / "server"))
            found["PostgreSQL"] = environment(home / "postgresql", DATABASE_URL=url)
        except SystemExit as error:
            print(f"Left out: {error}")
        if not (home / "made").exists():
            print("Making a library of 10,000 pages on each database: some minutes, once.")
        makers = [_start(env, "--make") for env in found.values()]
        ended = [maker.wait() for maker in makers]
        if any(ended):
            raise SystemExit("The large libraries could not be made.")
        (home / "made").touch()
        yield found


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    server = PostgreSQL(folder)
    server.stop_signal = 2  # its data are used again
    try:
        server.start()
        yield server.url
    finally:
        server.stop()


def figures(env: dict[str, str], *more: str) -> dict[str, float]:
    """What ``growth.py`` measures in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".json") as told:
        if _start(env, "--write", told.name, *more).wait():
            raise SystemExit("The large library could not be measured.")
        found: dict[str, float] = json.loads(Path(told.name).read_text())
        return found


def _start(env: dict[str, str], *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-W", "ignore", PROGRAM, *words]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)

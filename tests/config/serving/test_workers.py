"""Two real worker processes under parallel readers: after a publish nobody gets the old page."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Lock, Thread

import pytest

from config.serving.stamp import FileCounter
from library.fresh import slot

SITE = Path(__file__).resolve().parent.parent.parent.parent / "site"
WORKER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from config.serving.kept_pages import KeptPages
from config.serving.stamp import FileCounter
from library import fresh

rows = Path(sys.argv[2])
made = 0

def django(environ, start_response):
    global made
    made += 1
    fresh.uses("the page")
    start_response("200 OK", [("Content-Type", "text/html")])
    return [rows.read_bytes()]

app = KeptPages(django, FileCounter(Path(sys.argv[3])), "sessionid", [])
for line in sys.stdin:
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "localhost"}
    body = b"".join(app(request, lambda *_: None)).decode()
    print(f"{body} {made}", flush=True)
"""


class Worker:
    """A process of its own; readers ask it one after the other, as they would a thread of it."""

    def __init__(self, rows: Path, stamp: Path) -> None:
        command = [sys.executable, "-c", WORKER, str(SITE), str(rows), str(stamp)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._lock = Lock()

    def read(self) -> tuple[int, int]:
        """The version that a reader gets, and how often the page was made."""
        assert self.process.stdin
        assert self.process.stdout
        with self._lock:
            print("read", file=self.process.stdin, flush=True)
            version, made = self.process.stdout.readline().split()
        return int(version), int(made)

    def stop(self) -> None:
        self.process.communicate()


class Database:
    """One row, which is committed before the change is told."""

    def __init__(self, folder: Path) -> None:
        self.rows, self.stamp, self.published = folder / "rows", folder / "stamp", 0
        self.rows.write_text("0")
        self.counter = FileCounter(self.stamp)

    def publish(self) -> None:
        new = self.rows.with_suffix(".new")
        new.write_text(str(self.published + 1))
        new.rename(self.rows)
        self.counter.move_on((slot("the page"),))
        self.published += 1


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path)


@pytest.fixture
def workers(database: Database) -> Iterator[list[Worker]]:
    both = [Worker(database.rows, database.stamp) for _ in range(2)]
    yield both
    for worker in both:
        worker.stop()


def test_the_next_reader_of_every_worker_gets_the_new_page(
    database: Database, workers: list[Worker]
) -> None:
    for version in range(1, 40):
        database.publish()
        assert [worker.read()[0] for worker in workers] == [version, version]


def test_a_change_elsewhere_leaves_it_ready_in_every_worker(
    database: Database, workers: list[Worker]
) -> None:
    made = [worker.read()[1] for worker in workers]
    database.counter.move_on((slot("another page"),))
    assert [worker.read()[1] for worker in workers] == made == [1, 1]


def test_readers_in_parallel_never_get_an_old_page(
    database: Database, workers: list[Worker]
) -> None:
    old: list[str] = []
    start = Barrier(7)

    def publish() -> None:
        start.wait()
        for _ in range(150):
            database.publish()

    def read(worker: Worker) -> None:
        start.wait()
        for _ in range(150):
            published = database.published
            seen, _made = worker.read()
            if seen < published:
                old.append(f"{seen} after {published}")

    readers = [Thread(target=read, args=[worker]) for worker in workers * 3]
    threads = [Thread(target=publish), *readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert old == []
    assert {worker.read()[0] for worker in workers} == {150}

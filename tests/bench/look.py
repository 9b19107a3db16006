"""What one answer costs: processor time of this process and of the database together.

Time by the clock would measure what else the machine does. A database on this machine tells its own
processor time (Linux); of one elsewhere, the time that we waited for it is taken.
"""

import os
import time
from pathlib import Path
from typing import Any


def look(client: Any, address: str, times: int = 5) -> tuple[float, Any, int]:
    """Milliseconds, the answer, the number of queries: the cheapest of a few looks."""
    from django.db import connection

    took, response, asked = [], None, 0
    for _ in range(times):
        waits: list[float] = []

        def timed(execute: Any, *args: Any, waits: list[float] = waits) -> Any:
            busy = _busy(connection)
            start = time.perf_counter(), time.process_time()
            try:
                return execute(*args)
            finally:
                waited = time.perf_counter() - start[0] - (time.process_time() - start[1])
                waits.append(max(0.0, waited) if busy is None else (_busy(connection) or 0) - busy)

        begin = time.process_time()
        with connection.execute_wrapper(timed):
            response = client.get(address)
        seconds = time.process_time() - begin
        took.append(seconds + sum(waits))
        asked = len(waits)
    if response is None or response.status_code >= 400:
        raise SystemExit(f"{address} answers {response and response.status_code}")
    return min(took) * 1000, response, asked


def _busy(connection: Any) -> float | None:
    """Seconds of processor time that the database has taken for us; None where it cannot tell."""
    if connection.vendor != "postgresql":
        return 0.0  # SQLite works in this process
    try:
        server = Path("/proc") / str(connection.connection.info.backend_pid)
        if (server / "comm").read_text().strip() != "postgres":
            return None
        return int((server / "schedstat").read_text().split()[0]) / 1e9
    except (OSError, AttributeError):
        return None


def memory() -> float:
    """MiB that this process holds (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

"""granian, which loads the application once, before it forks its workers.

They share that memory, and one that dies is replaced at once. After an update of the code
(``kill -HUP``) this process begins anew in its own place, by ``exec``: with the new code, under its
old number, and with the old workers still answering until the new ones do.
"""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from threading import Timer
from typing import Any

from granian import cli
from granian.log import logger
from granian.server.mp import MPServer

from config.serving import lean

APPLICATION = "config.wsgi"
#: The workers of the code before, from one life of this process to the next.
OLD = "CAUSEWAY_OLD_WORKERS"
_SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
_PATIENCE = 30
TRY = "from config.serving.server import load; load()"


class Preloading(MPServer):
    """Only what granian offers to hook in is used, so that all its options stay."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.old = [int(pid) for pid in os.environ.pop(OLD, "").split()]
        if self.bind_uds:  # two processes cannot listen to one file: each worker loads for itself
            return
        self.on_startup(self.begin)
        self.on_reload(self.begin_anew)

    def serve(self, *args: Any, **options: Any) -> None:
        try:
            super().serve(*args, **options)
        finally:  # whatever went wrong, nobody would end them later
            self.end_old()

    def begin(self) -> None:
        # Held back since before ``exec``; granian has its handlers in place by now.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        load()
        if self.old:
            timer = Timer(self.respawn_interval, self.end_old)
            timer.daemon = True
            timer.start()

    def begin_anew(self) -> None:
        """Code that cannot be loaded changes nothing: granian then forks from what it has."""
        if subprocess.run([sys.executable, "-c", TRY], check=False).returncode:  # noqa: S603
            logger.error("The new code cannot be loaded. The site goes on with the old.")
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        if self.interrupt_signal:  # asked to end meanwhile
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            return
        workers = [*self.old, *(worker.pid for worker in multiprocessing.active_children())]
        os.environ[OLD] = " ".join(map(str, workers))
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606

    def end_old(self) -> None:
        """As granian ends its own: each may finish what it is doing, but not for ever."""
        running = [pid for pid in self.old if _runs(pid)]
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + (self.workers_kill_timeout or _PATIENCE)
        while (running := [pid for pid in running if _runs(pid)]) and time.monotonic() < end:
            time.sleep(0.1)
        for pid in filter(_runs, running):
            os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
        self.old = []


def load() -> None:
    """Without collecting garbage: of all that is loaded nothing is any, and a third of the time
    would go into looking. Frozen, it is never looked at again, and so stays shared."""
    gc.disable()
    from config import settings

    postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    with lean.loading(postgresql, front=bool(settings.WAGTAILFRONTENDCACHE)):
        __import__(APPLICATION)
        from django.template import engines
        from django.urls import reverse

        _loads_all_views = reverse("library:search")
    _loads_all_tags = engines["django"]
    gc.freeze()
    gc.enable()


def _runs(pid: int) -> bool:
    """A child of ours that has ended is thereby forgotten."""
    with suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == 0
    return False


if __name__ == "__main__":
    if sys.platform == "linux":  # elsewhere a fork is not safe, and workers load for themselves
        multiprocessing.set_start_method("fork")
        cli.Server = Preloading
    cli.entrypoint()

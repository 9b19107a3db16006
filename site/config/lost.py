"""A server that may be lost: nobody waits for it twice, and it is found again without help.

A thread that waits for a server that is gone answers nobody meanwhile, not even readers of pages
that need no server. So one caller tries again after each pause and the others are told at once. The
log says once that it is lost and once that it is back.
"""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class LostError(Exception):
    """It cannot be asked now."""


class Link:
    """The way to it, shared by all that ask it in this process."""

    def __init__(
        self, name: str, errors: tuple[type[Exception], ...], pause_seconds: float
    ) -> None:
        self.name, self.errors, self.pause_seconds = name, errors, pause_seconds
        self._try_again: float | None = None
        self._lock = Lock()

    def reach(self, ask: Callable[[], Answer]) -> Answer:
        if not self._may_try():
            raise LostError(self.name)
        try:
            answer = ask()
        except self.errors as error:
            if self._try_again is None:
                logger.warning("%s is lost (%s).", self.name, type(error).__name__)
            self._try_again = monotonic() + self.pause_seconds
            raise LostError(self.name) from error
        if self._try_again is not None:
            self._try_again = None
            logger.warning("%s is back.", self.name)
        return answer

    def _may_try(self) -> bool:
        if self._try_again is None:
            return True
        with self._lock:
            if self._try_again is not None and monotonic() < self._try_again:
                return False
            self._try_again = monotonic() + self.pause_seconds
            return True

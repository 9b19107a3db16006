"""A small table of numbers that all workers of a machine share (see ``library.fresh``).

A change writes a new number, higher than all before, into its slots, and only then makes it the
current one. What is kept carries the number that was current *before* it was made: made from old
rows, it can never pass for new, in whatever order two workers work.
"""

import fcntl
import mmap
import os
from pathlib import Path

from library.fresh import EVERYTHING, SLOTS

_SIZE = 8 * (1 + SLOTS)


class FileCounter:
    """A file that every worker of this machine has mapped into its memory.

    Reading it costs no system call. Writing takes a lock, so that no step is lost.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(self._file).st_size < _SIZE:
            os.pwrite(self._file, bytes(_SIZE), 0)  # room on the disk, now and for ever
        numbers = memoryview(mmap.mmap(self._file, _SIZE)).cast("Q")
        self._now, self._slots = numbers[:1], numbers[1:]

    def read(self) -> int:
        return self._now[0]

    def newest(self, slots: tuple[int, ...]) -> int:
        return max(map(self._slots.__getitem__, slots))

    def move_on(self, slots: tuple[int, ...] = (EVERYTHING,)) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            number = self._now[0] + 1
            for slot in slots:
                self._slots[slot] = number
            self._now[0] = number
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)

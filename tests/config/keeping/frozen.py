"""A disk that lets itself be read only, as after a fault, for the process that asks for it.

Nothing can be opened for writing, made, renamed or deleted (rights, which root is made to obey for
a while), and nothing can be written to what is open already (a limit). Mounting would need rights
that a test may not have.
"""

import ctypes
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: By which root writes where the rights of a file forbid it: CAP_DAC_OVERRIDE.
OVERRIDE = 1 << 1
VERSION = 0x20080522


@contextmanager
def frozen(folder: Path) -> Iterator[None]:
    rights = {path: path.stat().st_mode for path in [folder, *folder.rglob("*")]}
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    for path, mode in rights.items():
        path.chmod(mode & ~0o222)
    _root_may_write(False)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
        for path, mode in rights.items():
            path.chmod(mode)
        _root_may_write(True)


def _root_may_write(may: bool) -> None:
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head, sets = (ctypes.c_uint32 * 2)(VERSION, 0), (ctypes.c_uint32 * 6)()
    libc.capget(head, sets)
    sets[0] = sets[0] | OVERRIDE if may else sets[0] & ~OVERRIDE  # the effective ones
    if libc.capset(head, sets):
        raise OSError(ctypes.get_errno(), "capset")

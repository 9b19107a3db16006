"""Keeps the newest backups of a folder."""

from pathlib import Path


def rotate(folder: Path, pattern: str, keep: int) -> list[Path]:
    """Delete all but the newest ``keep``. Their names begin with their time, so they sort by it."""
    old = sorted(folder.glob(pattern), reverse=True)[keep:]
    for path in old:
        path.unlink()
    return old

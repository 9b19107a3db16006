"""What is wrong with a content file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. ``line`` is counted from 1; 0 means the file as a whole."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


class ContentError(Exception):
    """Content files that cannot be loaded. Says every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_file(path: Path, root: Path, line: int, reason: str) -> Problem:
    return Problem(path.relative_to(root).as_posix(), line, reason)

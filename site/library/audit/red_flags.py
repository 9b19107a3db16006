"""content/red_flags.toml: words that name a red flag, and whose card must stand first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from library.loader.problems import ContentError, Problem
from library.loader.toml_file import read_toml_file

FILE = "red_flags.toml"
_ANY_WORDS = "…"


@dataclass(frozen=True)
class RedFlag:
    """``rule`` is the checker's; a page with the signs of one of ``care`` shows its words."""

    rule: str
    name: str
    care: tuple[str, ...]
    phrases: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        found = (
            r"[^.!?]*?".join(re.escape(part.strip()) for part in phrase.split(_ANY_WORDS))
            for phrase in self.phrases
        )
        return re.compile(rf"\b(?:{'|'.join(found)})\b", re.IGNORECASE)

    def named_in(self, sentences: Iterable[str]) -> str:
        """The first of these sentences that names the flag; empty if none does."""
        return next((sentence for sentence in sentences if self._pattern.search(sentence)), "")


def read_red_flags(root: Path) -> tuple[RedFlag, ...]:
    """Raises ContentError where the table cannot be read: without it nobody is warned."""
    file = read_toml_file(root, FILE)
    flags = []
    for row in file.table.get("flag", []):
        try:
            flag = RedFlag(row["rule"], row["name"], tuple(row["care"]), tuple(row["phrases"]))
        except KeyError as error:
            raise ContentError([Problem(FILE, 0, f"a flag lacks {error}")]) from error
        flags.append(flag)
    return tuple(flags)

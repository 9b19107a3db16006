"""Reading TOML or JSON tables written by people: every problem is collected, none guessed away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .model import Condition


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file, in words that lead to it."""

    kind: str
    key: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.kind}: '{self.key}': {self.reason}"
            if self.key
            else (f"{self.kind}: {self.reason}")
        )


class RulesError(ValueError):
    """The files do not make a ruleset. Lists everything that is wrong, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Table:
    """One table of a file. A wrong value becomes a problem and an empty stand-in."""

    def __init__(
        self, kind: str, label: str, data: object, allowed: str, problems: list[Problem]
    ) -> None:
        self.kind, self.label, self.problems = kind, label, problems
        self.data: Mapping[str, object] = {}
        if not isinstance(data, Mapping):
            self.wrong("is not a table")
            return
        self.data = data
        named = data.get("key")
        if isinstance(named, str) and named:
            self.label = named
        for name in data:
            if name not in allowed.split():
                self.wrong(f"has an entry '{name}' that nothing reads (is it a typing error?)")

    def wrong(self, reason: str) -> None:
        self.problems.append(Problem(self.kind, self.label, reason))

    def text(self, name: str, *, required: bool = True) -> str:
        value = self.data.get(name, "")
        if not isinstance(value, str):
            self.wrong(f"'{name}' must be text")
            return ""
        if required and not value.strip():
            self.wrong(f"needs '{name}'")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            self.wrong(f"'{name}' must be true or false")
            return default
        return value

    def weight(self, name: str) -> int:
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= abs(value) <= 3:
            self.wrong(f"'{name}' must be a whole number from 1 to 3, or from -1 to -3")
            return 1
        return value

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        found = self._texts(name, self.data.get(name, []))
        if required and not found:
            self.wrong(f"needs at least one entry in '{name}'")
        return found

    def _texts(self, name: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            self.wrong(f"'{name}' must be a list of texts")
            return ()
        if len(set(value)) != len(value):
            self.wrong(f"'{name}' names something twice")
        return tuple(value)

    def pairs(self, name: str) -> Iterator[tuple[str, object]]:
        value = self.data.get(name, {})
        if not isinstance(value, Mapping):
            self.wrong(f"'{name}' must be a table like {{ question = … }}")
            return
        yield from value.items()

    def conditions(self, name: str) -> tuple[Condition, ...]:
        found = []
        for question, options in self.pairs(name):
            keys = self._texts(f"{name}.{question}", options)
            if not keys:
                self.wrong(f"'{name}.{question}' names no option")
            found.append(Condition(question, keys))
        return tuple(found)

    def tables(self, name: str, allowed: str, *, required: bool = True) -> list[Table]:
        value = self.data.get(name, [])
        if not isinstance(value, list | tuple):
            self.wrong(f"'{name}' must be a list of tables")
            return []
        if required and not value:
            self.wrong(f"has no [[{name}]]")
        prefix = f"{self.label}/{name}" if self.label else name
        return [
            Table(self.kind, f"{prefix} {number}", entry, allowed, self.problems)
            for number, entry in enumerate(value, 1)
        ]

"""What a load did."""

from collections.abc import Callable
from dataclasses import dataclass, field

ADDED, CHANGED, UNCHANGED, KEPT = "added", "changed", "unchanged", "kept because edited"
GONE = "no longer in the files, left as it is"
OUTCOMES = (ADDED, CHANGED, UNCHANGED, KEPT, GONE)


@dataclass
class Report:
    """Outcome of every item. ``tell`` is called as each is done, so that a long load shows life."""

    tell: Callable[[str], None] = lambda _line: None
    outcomes: dict[str, list[str]] = field(default_factory=lambda: {o: [] for o in OUTCOMES})

    def add(self, outcome: str, name: str) -> None:
        self.outcomes[outcome].append(name)
        if outcome != UNCHANGED:
            self.tell(f"{outcome}: {name}")

    def summary(self) -> str:
        """Counts, the last one only where a file was dropped: it is rare and should be seen."""
        counts = {o: len(names) for o, names in self.outcomes.items() if names or o != GONE}
        return ", ".join(f"{count} {outcome}" for outcome, count in counts.items())

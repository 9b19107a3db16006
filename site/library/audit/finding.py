"""One thing that an audit found."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """``page`` is a file or a slug, ``check`` names the check, ``mend`` says what to do."""

    page: str
    check: str
    place: str
    reason: str
    mend: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.page}{place}: {self.reason} {self.mend} [{self.check}]"

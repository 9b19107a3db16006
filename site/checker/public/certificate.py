"""What the gate certified about a release, in words, and who put it there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from checker.levels import Words
from checker.models import Checker, Release

NUMBERS: dict[str, Words] = {
    "questions": _("questions"),
    "rules": _("rules"),
    "signs": _("signs of causes"),
    "cases": _("cases walked through"),
    "exact": _("cases with exactly the expected advice"),
    "accepted": _("cases with other advice that is accepted"),
    "over": _("cases sent to help sooner than needed"),
    "under": _("cases sent to help too late"),
    "cause_ok": _("cases with a right cause named first"),
    "longest_path": _("questions on the longest way"),
    "longest_to_emergency": _("questions, at most, to any emergency"),
    "median_path": _("questions on the way of the middle case"),
    "mutations": _("rules made wrong on purpose"),
    "equivalent": _("of these make no difference to anybody"),
    "caught": _("of these are caught by a case"),
}


@dataclass(frozen=True)
class Certificate:
    """``author`` and ``approver`` are empty for the starter release, which nobody signed."""

    number: int
    created: datetime
    digest: str
    note: str
    author: str
    approver: str
    numbers: tuple[tuple[Words, Any], ...]
    is_live: bool


def certificates(name: str) -> list[Certificate]:
    """Every release of a checker, newest first. Two queries."""
    checker = Checker.objects.filter(name=name).first()
    rows = (
        Release.objects.filter(checker__name=name)
        .select_related("author", "approver")
        .defer("snapshot", "crowd")
    )
    live = checker.live_id if checker else None
    return [_certificate(row, row.pk == live) for row in rows]


def certificate_of(name: str, number: int) -> Certificate | None:
    found = (one for one in certificates(name) if one.number == number)
    return next(found, None)


def _certificate(row: Release, is_live: bool) -> Certificate:
    numbers = row.gate.get("numbers", {})
    return Certificate(
        number=row.number,
        created=row.created,
        digest=row.digest,
        note=row.note,
        author=_name(row.author),
        approver=_name(row.approver),
        numbers=tuple((words, numbers[key]) for key, words in NUMBERS.items() if key in numbers),
        is_live=is_live,
    )


def _name(user: Any) -> str:
    """A full name only: login names are nobody else's business."""
    return str(user.get_full_name()) if user else ""

"""Checks of the whole: enough tips and exercises, and every review date still ahead."""

import datetime
from collections.abc import Iterator

from library.audit.finding import Finding
from library.audit.library import Library
from library.audit.pages import AuditPage

#: What a topic's library holds at least: type of page, field, value, number.
AT_LEAST = (
    ("tip", "kind", "habit", 20),
    ("tip", "kind", "exercise", 15),
    ("cause", "role", "cause", 5),
    ("cause", "role", "look-alike", 8),
    ("treatment", "", "", 21),
)
TERMS = 55


def counts(library: Library) -> Iterator[Finding]:
    for kind, name, value, least in AT_LEAST:
        found = [
            p for p in library.pages if p.kind == kind and (not name or p.fields.get(name) == value)
        ]
        if len(found) < least:
            reason = f"{len(found)} pages of type {kind} {value}, fewer than {least}."
            yield Finding("library", "complete", "", reason, "Write the missing ones.")
    if len(library.terms) < TERMS:
        reason = f"{len(library.terms)} glossary terms, fewer than {TERMS}."
        yield Finding("library", "complete", "glossary", reason, "Explain more words.")


def overdue(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """A page without a date is not reviewed yet, and says so itself."""
    due = page.fields.get("next_review")
    if due is not None and due < datetime.date.today():
        reason = f"Its review was due on {due:%d %B %Y}."
        yield Finding(page.name, "review", "next review", reason, "Have a clinician review it.")


def compared(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """A cause without its entry would leave a hole in the topic's comparison table."""
    missing = page.fields.get("not_compared", ())
    if missing:
        reason = f"The comparison table lacks: {', '.join(missing)}."
        yield Finding(page.name, "comparison", "compare", reason, "Say it in a few plain words.")

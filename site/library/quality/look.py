"""All that can be said of one page, the draft that an editor has open included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from library.audit.checks import check_page
from library.audit.finding import Finding
from library.audit.from_site import audit_page
from library.audit.library import Library
from library.audit.pages import AuditPage, Names
from library.glossary import Word, glossary
from library.models import Source
from library.publishing.reasons import for_editors, holding
from library.quality import pemat
from library.quality.around import around
from library.readability import measure


@dataclass(frozen=True)
class Look:
    """What the panel shows: what holds the page back, what to mend, words to explain."""

    grade: float
    words: int
    holding: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] = ()
    unexplained: tuple[Word, ...] = ()

    @property
    def count(self) -> int:
        return len(self.holding) + len(self.others)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.holding + self.others


Against = tuple[Library, Names]


def look_at(page: Any, request: Any = None, against: Against | None = None) -> Look:
    """The same checks as ``audit_content``, over one page as it is in memory."""
    library, names = against or around([page])
    audited = audit_page(page, names)
    back = holding(page, audited, request)
    known = {(finding.check, finding.reason) for finding in back}
    others = [f for f in _findings(audited, library) if (f.check, f.reason) not in known]
    measured = measure(audited.text, library.known_words)
    return Look(
        grade=round(max(measured.grade, 0), 1),
        words=measured.words,
        holding=tuple(back),
        others=tuple(for_editors(finding) for finding in others),
        unexplained=tuple(pemat.unexplained(audited, glossary())),
    )


def _findings(audited: AuditPage, library: Library) -> Iterator[Finding]:
    yield from check_page(audited, library)
    yield from pemat.check(audited)
    yield from _withdrawn(audited)


def _withdrawn(audited: AuditPage) -> Iterator[Finding]:
    """A claim that rests on a source whose publisher took it back."""
    cited = {key for block in audited.blocks for key in block.sources}
    gone = Source.objects.filter(key__in=cited, status=Source.Status.WITHDRAWN)
    keys = set(gone.values_list("key", flat=True))
    for block in audited.blocks:
        for key in keys & set(block.sources):
            reason = _("Its source %s was withdrawn.") % key
            mend = _("Cite another, or take the claim out.")
            yield Finding(audited.name, "withdrawn source", block.place, reason, mend)

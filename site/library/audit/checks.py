"""All checks, and the two ways to run them: over one page, or over the whole library."""

from collections.abc import Callable, Iterable, Iterator

from library.audit import completeness, drawings, sourcing, urgency, ways, words
from library.audit.finding import Finding
from library.audit.library import Library
from library.audit.pages import AuditPage

PageCheck = Callable[[AuditPage, Library], Iterable[Finding]]
LibraryCheck = Callable[[Library], Iterable[Finding]]

#: Each looks at one page, quickly: the editors' quality panel runs them too.
PAGE_CHECKS: tuple[PageCheck, ...] = (
    words.answer,
    words.description,
    words.reading,
    words.numbers,
    sourcing.sources,
    sourcing.confidence,
    urgency.red_flags,
    urgency.calf_work,
    urgency.stop_card,
    urgency.doses,
    urgency.caution,
    urgency.topic_cards,
    ways.dead_links,
    ways.ways_on,
    ways.relations,
    ways.told_at_one_end,
    completeness.overdue,
    completeness.compared,
)
LIBRARY_CHECKS: tuple[LibraryCheck, ...] = (
    words.median_grade,
    sourcing.unknown,
    ways.orphans,
    ways.glossary,
    drawings.figures,
    completeness.counts,
)


def check_page(page: AuditPage, library: Library) -> Iterator[Finding]:
    for check in PAGE_CHECKS:
        yield from check(page, library)


def check_library(library: Library) -> list[Finding]:
    """Every finding, in the order of the pages' names."""
    found = [finding for page in library.pages for finding in check_page(page, library)]
    found += [finding for check in LIBRARY_CHECKS for finding in check(library)]
    return sorted(set(found))

"""Checks of the words: answer, description, reading grade, long sentences, passive voice."""

import re
from collections.abc import Iterator
from statistics import median

from library.audit.finding import Finding
from library.audit.library import Library
from library.audit.pages import AuditPage
from library.readability import LONG_SENTENCE, measure, sentences

MEDIAN_GRADE, HIGHEST_GRADE = 6.0, 8.0
PASSIVE_SHARE = 0.08
DESCRIPTION = range(50, 161)
_PERCENT = re.compile(r"\d\s*(?:%|per ?cent\b)", re.IGNORECASE)


def answer(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """One sentence that ends like one."""
    count = len(sentences(page.answer))
    if count != 1 or not page.answer.strip().endswith((".", "?", "!")):
        reason = f"The answer is {count} sentences or has no full stop."
        yield Finding(page.name, "answer", "answer", reason, "Say it in one whole sentence.")


def description(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """Long enough to say something in a list of search results, short enough not to be cut."""
    length = len(page.description)
    if length not in DESCRIPTION:
        reason = f"The description for search engines has {length} characters."
        mend = f"Write {DESCRIPTION.start} to {DESCRIPTION.stop - 1}."
        yield Finding(page.name, "description", "description", reason, mend)


def reading(page: AuditPage, library: Library) -> Iterator[Finding]:
    """Grade, long sentences and passive voice of the whole page."""
    found = measure(page.text, library.known_words)
    if found.grade > HIGHEST_GRADE:
        reason = f"Reading grade {found.grade:.1f}, above {HIGHEST_GRADE:g}."
        yield Finding(page.name, "grade", "", reason, "Use shorter words and sentences.")
    for sentence in found.long:
        reason = f"A sentence of more than {LONG_SENTENCE} words: “{sentence}”"
        yield Finding(page.name, "long sentence", "", reason, "Make two of it.")
    if found.sentences and len(found.passive) / found.sentences > PASSIVE_SHARE:
        reason = f"{len(found.passive)} of {found.sentences} sentences are passive."
        mend = f"Say who does it, for example in: “{found.passive[0]}”"
        yield Finding(page.name, "passive voice", "", reason, mend)


def numbers(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """Shares are said as “n in N”: readers grasp people, not percentages."""
    for block in page.blocks:
        if _PERCENT.search(block.words):
            reason = "It speaks of per cent."
            yield Finding(page.name, "numbers", block.place, reason, "Say “n in N people”.")


def median_grade(library: Library) -> Iterator[Finding]:
    """The whole library, so that a few easy pages do not hide many hard ones."""
    grades = [measure(page.text, library.known_words).grade for page in library.pages]
    if grades and (middle := median(grades)) > MEDIAN_GRADE:
        reason = f"The median reading grade is {middle:.1f}, above {MEDIAN_GRADE:g}."
        yield Finding("library", "grade", "", reason, "Begin with the pages of the highest grade.")

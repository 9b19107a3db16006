"""Checks of the sources: every claim cites one, and rests on what was really read."""

import re
from collections.abc import Iterator

from library.audit.finding import Finding
from library.audit.library import Library
from library.audit.pages import FIGURE, PROSE, AuditPage, Block

EXPERT = "EXPERT"
#: On pages about the site itself only these make a clinical claim.
ALWAYS_CLAIM = {"myth", "how_common", "evidence", "caution"}
_ABOUT_SITE = re.compile(r"\b(?:pages?|checker|library|here|draws?|drawn)\b", re.IGNORECASE)
_LEAD_ON_WORDS = 25
_SHARE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|half)"
    r"(?: (?:to|or|and) [\w,.]+)? (?:in|of) (?:every )?\d[\d,]*\b"
    r"|\b\d+ times (?:as|more|higher)\b|\bdoubled?\b|\btwice as\b",
    re.IGNORECASE,
)


def makes_claim(page: AuditPage, block: Block) -> bool:
    """Whether a block says something clinical that needs a source.

    A figure never does; neither does a heading alone. Prose does, unless every line of it is words
    to the reader: a question to ask, a line that only leads on, or one about the site itself. On
    home and information pages, which tell about the site, only blocks made for claims do.
    """
    if block.kind == FIGURE or not block.lines:
        return False
    if not page.is_clinical:
        return block.kind in ALWAYS_CLAIM
    if block.kind != PROSE:
        return True
    if page.kind == "index" and not _SHARE.search(block.words):
        return any(number not in block.leading_on for number in range(len(block.lines))) and not (
            _ABOUT_SITE.search(block.words)
        )
    return not all(_words_to_reader(block, number) for number in range(len(block.lines)))


def _words_to_reader(block: Block, number: int) -> bool:
    line = block.lines[number]
    leads_on = number in block.leading_on and len(line.split()) <= _LEAD_ON_WORDS
    return line.endswith("?") or leads_on or bool(_ABOUT_SITE.search(line))


def sources(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """Every block that makes a claim says where it comes from."""
    for block in page.blocks:
        if not block.sources and makes_claim(page, block):
            reason = "It makes a claim without a source."
            mend = "Name a source that carries it, or EXPERT if none does."
            yield Finding(page.name, "sources", block.place, reason, mend)


def confidence(page: AuditPage, library: Library) -> Iterator[Finding]:
    """A number needs a source that was read; one that nobody confirmed carries nothing alone."""
    for block in page.blocks:
        notes = [library.sources[key] for key in block.sources if key in library.sources]
        levels = {note.confidence for note in notes if note.key != EXPERT}
        if levels == {"unverified"} and all(note.key != EXPERT for note in notes):
            reason = "It rests only on a source that nobody has confirmed."
            yield Finding(page.name, "confidence", block.place, reason, "Cite one that was read.")
        elif makes_claim(page, block) and "read" not in levels and _gives_numbers(block):
            reason = "It prints a number, but no source of it was read."
            mend = "Cite one that was read, or say it without the number."
            yield Finding(page.name, "confidence", block.place, reason, mend)


def _gives_numbers(block: Block) -> bool:
    return block.kind == "how_common" or bool(_SHARE.search("\n".join(block.lines)))


def unknown(library: Library) -> Iterator[Finding]:
    """Every cited source is one that the library has."""
    for page in library.pages:
        for block in page.blocks:
            for key in block.sources:
                if key not in library.sources:
                    reason = f"It cites “{key}”, which the library does not have."
                    mend = "Add the source, or cite another."
                    yield Finding(page.name, "sources", block.place, reason, mend)

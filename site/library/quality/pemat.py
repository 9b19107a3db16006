"""What a machine can decide of PEMAT-P, the measure for printed patient material (AHRQ).

Items 1 (purpose: the answer in one sentence), 3 (everyday words: reading grade), 5 (active voice)
and 6 (clear numbers) are checks of ``library.audit.words`` already. Here are items 4 (medical words
are explained), 8 (short sections), 9 (headings), 12 (lists and boxes), 20 (something to do) and
21 ("you"). The other items ask for judgement; a clinician and a reader must give it.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from library.audit.finding import Finding
from library.audit.pages import PROSE, AuditPage
from library.glossary import Word, Words, found_in
from library.readability import words

LONGEST_SECTION = 200
LONG_PAGE = 250
_ACTIONS = {"do_dont", "steps", "exercise", "care_card", "stop_card"}
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


def check(page: AuditPage) -> Iterator[Finding]:
    """Items 8, 9, 12, 20 and 21, for pages about care."""
    if not page.is_clinical or page.kind == "index":
        return
    yield from _sections(page)
    yield from _headings(page)
    yield from _actions(page)
    if page.blocks and not _YOU.search(page.text):
        reason = _("It never says “you”.")
        yield Finding(page.name, "you", "", reason, _("Speak to the reader (PEMAT-P 21)."))


def _sections(page: AuditPage) -> Iterator[Finding]:
    for block in page.blocks:
        count = len(words("\n".join(block.lines)))
        if count > LONGEST_SECTION:
            reason = _("%d words in one block.") % count
            mend = _("Make two blocks of it, each under a heading (PEMAT-P 8).")
            yield Finding(page.name, "long section", block.place, reason, mend)


def _headings(page: AuditPage) -> Iterator[Finding]:
    is_long = len(words(page.text)) > LONG_PAGE
    if is_long and not any(block.kind == PROSE and block.title for block in page.blocks):
        reason = _("A long page without a heading.")
        yield Finding(page.name, "headings", "", reason, _("Add headings (PEMAT-P 9)."))
    if is_long and all(block.kind == PROSE for block in page.blocks):
        reason = _("A long page of text blocks only.")
        mend = _("Use key facts, steps or “do and do not” for what matters most (PEMAT-P 12).")
        yield Finding(page.name, "all text", "", reason, mend)


def _actions(page: AuditPage) -> Iterator[Finding]:
    if not page.care and not _ACTIONS & {block.kind for block in page.blocks}:
        reason = _("It names nothing that the reader can do.")
        mend = _("Add a “do and do not”, steps or care card block (PEMAT-P 20).")
        yield Finding(page.name, "nothing to do", "", reason, mend)


def unexplained(page: AuditPage, glossary: Words) -> Iterator[Word]:
    """Item 4: glossary words that stand on the page and lead to no explanation there."""
    explained = {link.removeprefix("term:") for link in page.links() if link.startswith("term:")}
    text = "\n".join(line for block in page.blocks for line in block.lines)
    own = {page.title.casefold(), *(name.casefold() for name in page.other_names)}
    for word in found_in(text, glossary.values()):
        if word.key not in explained and not own & {name.casefold() for name in word.names}:
            yield word

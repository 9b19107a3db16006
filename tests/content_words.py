"""Asks what the pages of the library say, for the tests of its words."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from library.audit.library import Library
    from library.audit.pages import AuditPage

#: Words by which a sentence denies what it names.
NEGATED = r"\b(not|no|never|nor|cannot|nobody|nothing|without|neither|against|myth|instead|stop)\b"


class Words:
    """A pattern is a regular expression; a space in it is any white space, also a new line."""

    def __init__(self, library: "Library") -> None:
        self.library = library

    def page(self, slug: str) -> "AuditPage":
        return self.library.by_slug[slug]

    def says(self, slug: str, pattern: str) -> bool:
        page = self.page(slug)
        return bool(_compiled(pattern).search(f"{page.title}\n{page.text}"))

    def sentence_with(self, pattern: str) -> Iterator[tuple[str, str]]:
        """Every sentence of every page that has the pattern, after the page's slug."""
        from library.readability import sentences

        compiled = _compiled(pattern)
        for page in self.library.pages:
            for sentence in sentences(f"{page.title}\n{page.description}\n{page.text}"):
                if compiled.search(sentence):
                    yield page.slug, sentence


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)

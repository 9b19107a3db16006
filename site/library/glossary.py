"""Glossary words where they are met: explained to readers, offered to editors."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from library import fresh
from library.models import GlossaryTerm
from library.pieces import show

_KEPT = "library-glossary"


@dataclass(frozen=True)
class Word:
    """A glossary term without its row."""

    key: str
    term: str
    definition: str
    names: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"{reverse('library:glossary')}#{self.key}"


Words = Mapping[str, Word]


def glossary() -> Words:
    """Every term by its key. A few dozen short rows, kept until one of them changes."""
    return fresh.kept(_KEPT, _words)


def _words() -> Words:
    terms = GlossaryTerm.objects.only("key", "term", "also", "definition")
    return {t.key: Word(t.key, t.term, t.definition, (t.term, *t.other_names)) for t in terms}


def explain(html: str, words: Callable[[], Words], explained: set[str]) -> str:
    """Turn links to the glossary into words that say what they mean, right there.

    ``words`` is asked only where there is such a link. ``explained`` holds the words that this page
    has explained already; a later link to one of them opens the same explanation. A link to a term
    that is gone is left as it is.
    """

    def replace(link: re.Match[str]) -> str:
        fresh.uses(fresh.row(GlossaryTerm._meta.db_table, link["key"]))
        word = words().get(link["key"])
        if word is None:
            return link[0]
        first = word.key not in explained
        explained.add(word.key)
        context = {"word": word, "said": link["said"], "first": first}
        return show(None, "components/term.html", context).strip()

    return _links().sub(replace, html) if "#" in html else html


def _links() -> re.Pattern[str]:
    address = re.escape(reverse("library:glossary"))
    return re.compile(rf'<a href="{address}#(?P<key>[\w-]+)">(?P<said>[^<]*)</a>')


def linked(texts: Iterable[str]) -> set[str]:
    """Keys of the terms that these rich texts link to."""
    return {link["key"] for text in texts for link in _links().finditer(text)}


def found_in(text: str, words: Iterable[Word]) -> Iterator[Word]:
    """The terms whose name, or one of whose other names, stands in a plain text."""
    for word in words:
        if _named(word).search(text):
            yield word


def _named(word: Word) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(word.names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?:s|es)?(?![\w-])", re.IGNORECASE)


_LINK_OR_TAG = re.compile(r"<a\b.*?</a>|<[^>]*>", re.DOTALL)


def link_first(html: str, word: Word) -> str | None:
    """The rich text with the first unlinked mention of a word linked; None if it has none."""
    at = 0
    for part in [*_LINK_OR_TAG.finditer(html), None]:
        end = part.start() if part else len(html)
        if mention := _named(word).search(html, at, end):
            link = f'<a href="{word.address}">{mention[0]}</a>'
            return html[: mention.start()] + link + html[mention.end() :]
        at = part.end() if part else end
    return None

"""A search from the words typed to the pages shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from library.machines.addresses import paths
from library.models import CausePage, IndexPage, InfoPage, TipPage, TopicPage, TreatmentPage
from library.search.catalogue import MODELS, Entry, Readable, entries, readable
from library.search.index import candidates, index
from library.search.lexicon import Lexicon, lexicon
from library.search.query import Query, parse, shortened
from library.search.ranking import ranked
from library.search.said import Term
from library.search.signals import search_made
from library.search.words import words

MOST_SHOWN = 15
_MOST_TERMS = 2


@dataclass(frozen=True)
class Kind:
    """A filter: what it is called, and which pages it shows."""

    key: str
    label: str | Promise
    kinds: frozenset[str]
    models: tuple[type[Page], ...]


KINDS = (
    Kind(
        "causes",
        _("Causes"),
        frozenset({"cause", "look-alike", "topic"}),
        (CausePage, TopicPage),
    ),
    Kind(
        "treatments",
        _("Treatments"),
        frozenset({"medicine", "procedure", "care"}),
        (TreatmentPage,),
    ),
    Kind("exercises", _("Exercises"), frozenset({"exercise"}), (TipPage,)),
    Kind("tips", _("Prevention tips"), frozenset({"habit"}), (TipPage,)),
    Kind("other", _("Other pages"), frozenset({"info", "index"}), (InfoPage, IndexPage)),
)
LABELS: dict[str, str | Promise] = {
    "topic": _("Topic"),
    "cause": _("Cause"),
    "look-alike": _("Look-alike"),
    "medicine": _("Medicine"),
    "procedure": _("Procedure"),
    "care": _("Care without medicine"),
    "habit": _("Prevention tip"),
    "exercise": _("Exercise"),
    "index": _("List"),
    "info": _("Information"),
}


@dataclass(frozen=True)
class Result:
    """A page as the list of results shows it."""

    title: str
    url: str
    answer: str
    label: str
    slug: str
    named: str = ""


@dataclass
class Results:
    """What was typed, how it was understood, and what was found."""

    text: str
    kind: Kind | None = None
    query: Query | None = None
    corrected: str = ""
    pages: list[Result] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    #: What a browser without scripts completes from: the names of the conditions.
    names: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """The words that were searched for: as typed, or as corrected."""
        return self.corrected or self.text


def search(
    text: str, request: HttpRequest | None = None, kind: str = "", *, as_typed: bool = False
) -> Results:
    """Find pages. ``as_typed`` takes the words as they are, though they may be misspelt."""
    results = Results(shortened(text), next((k for k in KINDS if k.key == kind), None))
    anybodys = readable()
    known = lexicon(anybodys)
    results.names = known.conditions
    results.query = parse(results.text, known.thesaurus)
    if not results.query.concepts:
        return results
    if not as_typed:
        results.corrected = correction(results.query, known)
        if results.corrected:
            results.query = parse(results.corrected, known.thesaurus)
    found = _found(results, known, anybodys)
    results.counts = Counter(k.key for entry in found for k in KINDS if entry.kind in k.kinds)
    shown = [e for e in found if results.kind is None or e.kind in results.kind.kinds]
    results.pages = _shown(shown[:MOST_SHOWN], results.query, request)
    results.terms = _terms(results.query, known)
    search_made.send(sender=None, query=results.text, found=len(results.pages))
    return results


def correction(query: Query, known: Lexicon) -> str:
    """The query with its misspelt words put right; empty if there is nothing to put right."""
    typed = words(query.text)
    strange = list(
        dict.fromkeys(
            word for concept in query.concepts for word in concept.typed if not known.knows(word)
        )
    )
    if not strange:
        return ""
    better = {word: known.speller.nearest(word) for word in index().unknown(strange)}
    if not any(better.values()):
        return ""
    return " ".join(better.get(word) or word for word in typed)


def _found(results: Results, known: Lexicon, anybodys: Readable) -> list[Entry]:
    query = results.query
    if query is None:
        return []
    models: Sequence[type[Page]] = results.kind.models if results.kind else MODELS
    order = candidates(query.concepts, models, known, anybodys)
    return ranked(entries(order, anybodys), list(order), query, known)


def _shown(found: list[Entry], query: Query, request: HttpRequest | None) -> list[Result]:
    path_of = paths(request) if request else str
    labels = {kind: str(LABELS.get(kind, "")) for kind in {entry.kind for entry in found}}
    return [
        Result(
            title=entry.title,
            url=path_of(entry.url_path),
            answer=entry.answer,
            label=labels[entry.kind],
            slug=entry.slug,
            named=_named(entry, query),
        )
        for entry in found
    ]


def _named(entry: Entry, query: Query) -> str:
    """The other name that was typed, so that a reader sees why this page was found."""
    if _holds(entry.title, query):
        return ""
    return next((name for name in entry.also if _holds(name, query)), "")


def _holds(name: str, query: Query) -> bool:
    from library.search.words import stems

    return query.stems <= set(stems(name))


def _terms(query: Query, known: Lexicon) -> list[Term]:
    """Glossary terms whose whole name was typed, the longest name first."""
    typed = query.stems
    hits = [
        (max(len(name) for name in term.names if name and set(name) <= typed), term)
        for term in known.terms
        if any(name and set(name) <= typed for name in term.names)
    ]
    hits.sort(key=lambda hit: -hit[0])
    return [term for _size, term in hits[:_MOST_TERMS]]

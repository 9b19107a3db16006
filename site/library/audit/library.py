"""Everything that is audited together, with what pages may refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from library.audit.pages import AuditPage
from library.audit.red_flags import RedFlag
from library.figures import Figure


@dataclass(frozen=True)
class Term:
    """A glossary term with its other names."""

    key: str
    names: tuple[str, ...]
    definition: str
    page: str = ""


@dataclass(frozen=True)
class SourceNote:
    """What the audit must know of a source."""

    key: str
    confidence: str
    kind: str
    doi: str = ""
    url: str = ""


@dataclass(frozen=True)
class Library:
    """Pages and all that they may refer to."""

    pages: tuple[AuditPage, ...]
    terms: Mapping[str, Term] = field(default_factory=dict)
    sources: Mapping[str, SourceNote] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    red_flags: tuple[RedFlag, ...] = ()

    @cached_property
    def by_slug(self) -> dict[str, AuditPage]:
        return {page.slug: page for page in self.pages}

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Words that a reader can look up in place: terms, and the names of medicines."""
        names = [name for term in self.terms.values() for name in term.names]
        for page in self.pages:
            if page.kind == "treatment" and page.fields.get("kind") == "medicine":
                names += [page.title, *page.other_names]
        return frozenset(name for name in names if name)

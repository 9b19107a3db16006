"""Checks of links and relations: no dead end, no orphan, nothing shown at one end only."""

from collections import Counter
from collections.abc import Iterator

from library.audit.finding import Finding
from library.audit.library import Library
from library.audit.pages import AuditPage

#: Lists of their own: home shows topics and causes, the foot every information page.
_LISTED = {"home", "topic", "index", "info"}
_RELATION_OF = {"tip": "tips", "treatment": "treatments"}


def dead_links(page: AuditPage, library: Library) -> Iterator[Finding]:
    """Every link leads to a page that is there, or to a term that the glossary has."""
    for block in page.blocks:
        wrong = list(block.dead_links)
        for link in block.links:
            scheme, _, rest = link.partition(":")
            if (scheme == "page" and rest not in library.by_slug) or (
                scheme == "term" and rest not in library.terms
            ):
                wrong.append(link)
        for link in wrong:
            reason = f"A link leads nowhere: {link}."
            yield Finding(page.name, "dead link", block.place, reason, "Mend it or take it out.")


def ways_on(page: AuditPage, library: Library) -> Iterator[Finding]:
    """No page is the end of the road."""
    others = (set(page.linked_pages()) | _related(page, library)) - {page.slug}
    checker = any(link.startswith("checker:") for link in page.links())
    if not (others & set(library.by_slug)) and not checker and page.kind not in ("topic", "index"):
        reason = "It leads on to no other page."
        yield Finding(page.name, "way on", "", reason, "Add a link or a relation.")


def _related(page: AuditPage, library: Library) -> set[str]:
    """Pages that this one names, and those that name it."""
    named = {slug for slugs in page.relations.values() for slug in slugs}
    naming = {
        other.slug
        for other in library.pages
        if any(page.slug in slugs for slugs in other.relations.values())
    }
    return named | naming


def orphans(library: Library) -> Iterator[Finding]:
    """Every page is led to by another: a place in an index alone does not bring readers."""
    led_to = {slug for page in library.pages for slug in page.linked_pages() if slug != page.slug}
    for page in library.pages:
        is_listed = page.kind in _LISTED or page.fields.get("role") == "cause"
        if not is_listed and page.slug not in led_to and not _related(page, library):
            reason = "No page leads to it."
            yield Finding(page.name, "orphan", "", reason, "Link to it, or relate a cause to it.")


def relations(page: AuditPage, library: Library) -> Iterator[Finding]:
    """Relations are stored once, between published pages, and shown at both ends."""
    for name, slugs in page.relations.items():
        for slug, count in Counter(slugs).items():
            other = library.by_slug.get(slug)
            if other is None:
                reason = (
                    f"{name}: “{slug}” is not published, so the relation shows at one end only."
                )
                yield Finding(page.name, "relation", name, reason, "Publish it or take it out.")
            elif count > 1 or slug == page.slug:
                reason = f"{name}: “{slug}” stands twice, or is the page itself."
                yield Finding(page.name, "relation", name, reason, "Leave one.")
            elif slug < page.slug and page.slug in other.relations.get(name, ()):
                reason = f"“{slug}” and this page name each other: stored twice."
                yield Finding(page.name, "relation", name, reason, "Take one of the two out.")


def told_at_one_end(page: AuditPage, library: Library) -> Iterator[Finding]:
    """A cause that speaks of a treatment or tip must be found from there too."""
    if page.kind != "cause" or page.fields.get("role") != "cause":
        return
    for slug in sorted(page.linked_pages()):
        other = library.by_slug.get(slug)
        relation = _RELATION_OF.get(other.kind, "") if other else ""
        if relation and slug not in page.relations.get(relation, ()):
            reason = f"Its text leads to “{slug}”, but {relation} does not name it."
            mend = f"Add it to {relation}, so that “{slug}” leads back here."
            yield Finding(page.name, "relation", relation, reason, mend)


def glossary(library: Library) -> Iterator[Finding]:
    """No two terms share a name, or a reader would not know which is meant."""
    names = Counter(n.casefold() for term in library.terms.values() for n in set(term.names))
    for term in library.terms.values():
        for name in term.names:
            if names[name.casefold()] > 1:
                reason = f"“{name}” is the name of more than one term."
                yield Finding("glossary", "glossary", term.key, reason, "Keep it in one of them.")

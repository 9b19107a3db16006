"""A small library with nothing to mend, for the tests of the audit: each spoils one thing in it."""

from typing import Any

from library.audit.checks import check_page
from library.audit.library import Library, SourceNote, Term
from library.audit.pages import AuditPage, Block
from library.audit.red_flags import RedFlag

CLOT = "venous_thrombosis"
HARD = "Immobilisation necessitates individualised pharmacological thromboprophylaxis."


def block(kind: str = "prose", *lines: str, **more: Any) -> Block:
    sources = more.pop("sources", ("NG59",))
    links = more.pop("links", ())
    leading = frozenset(range(len(lines))) if links else frozenset()
    return Block(kind, 1, more.pop("title", ""), lines, leading, sources, links, **more)


def page(*blocks: Block, **more: Any) -> AuditPage:
    """A treatment page with nothing to mend, but for what a test changes."""
    given = {
        "name": "en/care/belt.md",
        "kind": "treatment",
        "slug": "belt",
        "title": "Belt",
        "answer": "A belt does not help.",
        "description": "What a belt can and cannot do for a sore back, and who should ask first.",
        "blocks": (block("caution", "People with sore skin."), LEADS_ON, *blocks),
        "fields": {"kind": "care"},
    }
    return AuditPage(**{**given, **more})


LEADS_ON = block("prose", "See also walking.", sources=(), links=("page:walking",))
WALKING = AuditPage(
    "en/moves/walking.md", "tip", "walking", "Walking", "Walk often.", "x" * 60,
    blocks=(block("prose", "Go out.", links=("page:belt",)),),
)  # fmt: skip
LIBRARY = Library(
    pages=(page(), WALKING),
    terms={"dvt": Term("dvt", ("DVT", "leg clot"), "A clot.")},
    sources={
        "NG59": SourceNote("NG59", "read", "guideline"),
        "NHS": SourceNote("NHS", "reported", "patient page"),
        "HEARSAY": SourceNote("HEARSAY", "unverified", "study"),
        "EXPERT": SourceNote("EXPERT", "unverified", "expert"),
    },
    red_flags=(
        RedFlag("swollen", "a leg clot", (CLOT, "calf_tear"), ("newly swollen", "leg … swollen")),
    ),
)


def found(*blocks: Block, library: Library = LIBRARY, **more: Any) -> set[str]:
    return {finding.check for finding in check_page(page(*blocks, **more), library)}

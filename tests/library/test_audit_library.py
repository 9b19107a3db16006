"""Checks of the library as a whole: what leads where, and what is told twice, late or never."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit_world import HARD, LEADS_ON, LIBRARY, WALKING, block, found, page
from library.audit.checks import check_library, check_page
from library.audit.library import Library, Term
from library.audit.pages import AuditPage, Block
from library.figures import Figure


def _checks(library: Library) -> list[tuple[str, str]]:
    return [(finding.page, finding.check) for finding in check_library(library)]


def test_a_page_that_nothing_leads_to_is_an_orphan() -> None:
    silent = replace(WALKING, blocks=())
    lonely = ("en/care/belt.md", "orphan")
    assert lonely not in _checks(LIBRARY)
    assert lonely in _checks(replace(LIBRARY, pages=(page(), silent)))
    cause = replace(silent, kind="cause", relations={"treatments": ("belt",)})
    assert lonely not in _checks(replace(LIBRARY, pages=(page(), cause)))


def _cause(slug: str, *blocks: Block, role: str = "cause", **relations: Any) -> AuditPage:
    fields = {"key": slug, "role": role}
    return page(*blocks, name=slug, slug=slug, kind="cause", fields=fields, relations=relations)


@pytest.mark.parametrize(
    ("one", "other", "fine"),
    [
        (_cause("a", lookalikes=("b",)), _cause("b"), True),
        (_cause("a", lookalikes=("b",)), _cause("b", lookalikes=("a",)), False),
        (_cause("a", lookalikes=("b", "b")), _cause("b"), False),
        (_cause("a", lookalikes=("a",)), _cause("b"), False),
        (_cause("a", lookalikes=("draft",)), _cause("b"), False),
    ],
)
def test_a_relation_is_stored_once_between_published_pages(
    one: AuditPage, other: AuditPage, fine: bool
) -> None:
    library = replace(LIBRARY, pages=(page(), WALKING, one, other))
    mended = {name for name, check in _checks(library) if check == "relation"}
    told = _cause("a", LEADS_ON, tips=("walking",))
    assert told.relations == {"tips": ("walking",)}
    assert bool({f for f in mended if f in ("a", "b")} - _only_told(library)) != fine


def _only_told(library: Library) -> set[str]:
    """Pages with no more than a text that leads to a tip: not what this test is about."""
    from library.audit.ways import relations

    return {p.name for p in library.pages if not list(relations(p, library))}


def test_a_cause_that_speaks_of_a_tip_is_found_from_there() -> None:
    assert "relation" in {f.check for f in check_page(_cause("a"), LIBRARY)}
    related = _cause("a", tips=("walking",))
    assert "relation" not in {f.check for f in check_page(related, LIBRARY)}


def test_two_terms_of_one_name_are_found() -> None:
    terms = {**LIBRARY.terms, "clot": Term("clot", ("Leg clot",), "A clot.")}
    assert ("glossary", "glossary") in _checks(replace(LIBRARY, terms=terms))


def test_a_review_that_is_overdue_is_found() -> None:
    today = datetime.date.today()
    assert "review" in found(fields={"next_review": today - datetime.timedelta(days=1)})
    assert "review" not in found(fields={"next_review": today})


DRAWN = Figure(
    "where-disc", "Where", "One leg, in a band from the low back to the outer foot.", 1, 1
)


def _figure_reasons(figures: dict[str, Figure], shown: str) -> str:
    pages = (page(block("figure", figure=shown)),)
    library = replace(LIBRARY, pages=pages, figures=figures)
    return " ".join(f.reason for f in check_library(library) if f.check == "figure")


def test_figures_are_described_drawn_and_shown() -> None:
    assert "no title and description" in _figure_reasons({}, "where-disc")
    assert "viewBox" in _figure_reasons({"where-disc": DRAWN}, "where-disc")
    assert "No page shows it" in _figure_reasons({"where-disc": DRAWN}, "")
    short = replace(DRAWN, description="A leg.")
    assert "too short" in _figure_reasons({"where-disc": short}, "where-disc")
    undrawn = replace(DRAWN, name="nowhere")
    assert "no drawing" in _figure_reasons({"nowhere": undrawn}, "nowhere")


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path/></svg>", ""),
        ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><text>a</text></svg>", "words"),
        ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path></svg>", "well-formed"),
    ],
)
def test_drawings_are_well_formed_and_wordless(
    svg: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.svg"
    file.write_text(svg)
    monkeypatch.setattr("library.audit.drawings.finders.find", lambda _name: str(file))
    reasons = _figure_reasons({"x": replace(DRAWN, name="x")}, "x")
    assert reason in reasons
    assert bool(reason) == bool(reasons)


def test_a_library_that_is_too_small_is_found() -> None:
    assert [check for _page, check in _checks(LIBRARY)].count("complete") == 6


def test_the_median_grade_is_of_all_pages() -> None:
    hard = tuple(page(*[block("prose", HARD)] * 9, name=f"{n}") for n in range(3))
    assert ("library", "grade") in _checks(replace(LIBRARY, pages=(*hard, WALKING)))
    assert ("library", "grade") not in _checks(LIBRARY)

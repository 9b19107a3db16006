"""Values that no reader ever sees, one for each state of each piece."""

from datetime import date
from typing import Any

from checker.care import CareCard
from checker.engine import Level, Option, Question
from checker.forms import QuestionForm, ReplayForm
from checker.levels import WORDS
from library.blocks import BodyBlock
from library.blocks.care import CARE_LEVELS
from library.blocks.evidence import STRENGTHS
from library.listed import Listed
from library.models import CausePage, Source
from library.reading import Citation, Reading

TEXT = "<p>A line of text with <b>one strong word</b>.</p><ul><li>one thing</li><li>two</li></ul>"
LINES = ["Stand up every half hour.", "Walk for a minute or two."]
CITED = {"sources": [1, 2]}


def page(title: str) -> CausePage:
    """A page as lists, tables and breadcrumbs want it, without a row of the database."""
    sample = CausePage(
        title=title,
        answer="One sentence that answers the reader's first question.",
        swelling="No",
        how_soon="Within weeks",
        feels="Burning or electric",
        where="Down one leg",
        worse="Long sitting",
        eases="Short walks",
    )
    sample.__dict__["relative_url"] = lambda *_site, **_request: "#samples"
    return sample


def pages() -> list[CausePage]:
    return [page("A cause"), page("A cause with a rather longer name"), page("Clot")]


def listed() -> tuple[Listed, ...]:
    return tuple(Listed(one.title, "#samples", one.answer) for one in pages())


def reading() -> Reading:
    """Two sources, so that every block can cite them."""
    sources = [
        Source(pk=1, key="ONE", title="A guideline", authors="A Body", year=2024, kind="guideline"),
        Source(pk=2, key="EXPERT", title="Expert judgement", kind="expert"),
    ]
    sample = Reading(None, None)
    sample.cited = {s.pk: Citation(n, s) for n, s in enumerate(sources, start=1)}
    return sample


def blocks() -> Any:
    """A body with every block in every state."""
    values = [*_text(), *_care(), *_lists(), *_evidence()]
    return BodyBlock().to_python([{"type": kind, "value": value} for kind, value in values])


def _text() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("prose", {"heading": "A heading with text", "text": TEXT, **CITED}),
        ("prose", {"heading": "A smaller heading", "smaller": True, "text": TEXT, "sources": []}),
        ("prose", {"heading": "A heading before another block", "text": "", "sources": []}),
        ("figure", {"figure": "calf-pump", "caption": "A figure with a caption."}),
        ("figure", {"figure": "measure-calf", "caption": ""}),
    ]


def _care() -> list[tuple[str, dict[str, Any]]]:
    cards = [
        ("care_card", {"level": level, "title": "A card's title", "text": TEXT, **CITED})
        for level, _label in CARE_LEVELS
    ]
    stop = {"title": "Stop and get help if", "text": TEXT, **CITED}
    caution = {"title": "Who should ask first", "text": TEXT, **CITED}
    return [*cards, ("stop_card", stop), ("caution", caution)]


def _lists() -> list[tuple[str, dict[str, Any]]]:
    return [
        ("key_facts", {"title": "Key facts", "facts": LINES, **CITED}),
        ("do_dont", {"title": "Both lists", "do": LINES, "dont": LINES, **CITED}),
        ("do_dont", {"title": "One list", "do": LINES, "dont": [], "sources": []}),
        ("steps", {"title": "Steps", "figure": "", "steps": LINES, **CITED}),
        ("exercise", _exercise()),
    ]


def _exercise() -> dict[str, Any]:
    figure = "exercise-walking"
    return {"title": "Walking", "dose": "twice a day", "figure": figure, "steps": LINES, **CITED}


def _evidence() -> list[tuple[str, dict[str, Any]]]:
    notes = [
        ("evidence", {"title": f"Evidence: {name}", "strength": name, "text": TEXT, **CITED})
        for name, _label in STRENGTHS
    ]
    shares = [
        ("how_common", {"n": n, "of": of, "who": "people", "text": "get better.", **CITED})
        for n, of in ((9, 10), (35, 100), (1, 1000))
    ]
    myth = {"myth": "Something people say", "fact": TEXT, **CITED}
    return [*notes, *shares, ("myth", myth)]


def care_cards() -> list[CareCard]:
    """One of each level, with the words that readers get."""
    lines = ("a sign that needs help", "another sign, longer than the one before it")
    return [
        CareCard(words.key, words.card_title, words.lead, lines)
        for words in (WORDS[level] for level in sorted(Level, reverse=True))
    ]


def forms() -> list[tuple[str, Any]]:
    """A question untouched, sent without an answer and answered; a text field with its error."""
    question = Question(
        key="sample",
        text="How long have you had it?",
        why="",
        hint="Count from the first day.",
        options=(Option("days", "Some days"), Option("not-sure", "I am not sure")),
    )
    return [
        ("Untouched", QuestionForm(question, 1, prefix="a")),
        ("Sent without an answer", QuestionForm(question, 1, {}, prefix="b")),
        ("Answered", QuestionForm(question, 1, initial={"answer": "days"}, prefix="c")),
        ("A text field", ReplayForm("back-and-calf", prefix="d")),
        ("A text field left empty", ReplayForm("back-and-calf", {}, prefix="e")),
    ]


REVIEWS = ("unsigned", "changed", "overdue", "signed")


def reviewed(state: str) -> dict[str, Any]:
    """A page whose review is in this state."""
    signed = {
        "state": state,
        "name": "Dr Ana Lim",
        "profession": "general practitioner",
        "signed_at": date(2026, 1, 5),
        "next_review": date(2027, 1, 5),
    }
    return {"review_status": signed}

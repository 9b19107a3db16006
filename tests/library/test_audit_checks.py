"""Each check of a page: quiet on a good page, and a finding for each thing that can be wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit_world import CLOT, HARD, LEADS_ON, LIBRARY, WALKING, block, found, page
from library.audit import checks
from library.audit.checks import check_library
from library.audit.library import Term
from library.audit.pages import Block
from library.audit.urgency import TOPIC_CARE


def test_a_good_page_has_no_finding() -> None:
    assert found() == set()


@pytest.mark.parametrize("answer", ["", "No. It does not.", "No full stop"])
def test_the_answer_is_one_sentence(answer: str) -> None:
    assert "answer" in found(answer=answer)


@pytest.mark.parametrize(("length", "fine"), [(0, 0), (49, 0), (50, 1), (160, 1), (161, 0)])
def test_the_description_fits_a_search_result(length: int, fine: bool) -> None:
    assert ("description" not in found(description="x" * length)) == bool(fine)


def test_a_hard_page_is_found() -> None:
    assert "grade" in found(block("prose", *[HARD] * 9))


def test_words_that_a_reader_can_look_up_are_not_hard() -> None:
    terms = {word: Term(word, (word,), "It is explained.") for word in HARD.strip(".").split()}
    assert "grade" not in found(block("prose", *[HARD] * 9), library=replace(LIBRARY, terms=terms))


def test_a_sentence_over_25_words_is_found() -> None:
    words = ["you"] * 25
    assert "long sentence" not in found(block("prose", f"{' '.join(words)}."))
    assert "long sentence" in found(block("prose", f"{' '.join(words)} too."))


def test_much_passive_voice_is_found() -> None:
    assert "passive voice" in found(block("prose", *["The leg is examined by a doctor."] * 3))
    assert "passive voice" not in found(block("prose", *["A doctor looks at your leg."] * 3))


@pytest.mark.parametrize("words", ["5% get it.", "5 per cent get it.", "5.5 % of people."])
def test_shares_are_not_percentages(words: str) -> None:
    assert "numbers" in found(block("prose", words))


@pytest.mark.parametrize(
    "kind", ["prose", "care_card", "stop_card", "key_facts", "do_dont", "steps", "exercise",
             "how_common", "evidence", "myth", "caution"],
)  # fmt: skip
def test_every_block_that_claims_needs_a_source(kind: str) -> None:
    library = replace(LIBRARY, red_flags=())
    assert "sources" in found(block(kind, "Belts weaken muscles.", sources=()), library=library)
    assert "sources" not in found(block(kind, "Belts weaken muscles."), library=library)


@pytest.mark.parametrize(
    "words_to_reader",
    [
        block("figure", "Left, a healthy disc.", sources=(), figure="disc"),
        block("prose", title="What to ask", sources=()),
        block("prose", "How long will it take?", "What then?", sources=()),
        block("prose", "See walking.", sources=(), links=("page:walking",)),
        block("prose", "You find the steps on their own page.", sources=()),
    ],
)
def test_words_to_the_reader_need_no_source(words_to_reader: Block) -> None:
    assert "sources" not in found(words_to_reader)


def test_a_claim_beside_a_question_needs_a_source() -> None:
    assert "sources" in found(block("prose", "Does it help?", "It does.", sources=()))


def test_a_long_paragraph_is_no_mere_pointer() -> None:
    line = f"See walking. {'It helps a great deal. ' * 6}"
    assert "sources" in found(block("prose", line, sources=(), links=("page:walking",)))


@pytest.mark.parametrize(
    ("kind", "wanted"), [("prose", False), ("key_facts", False), ("myth", True)]
)
def test_information_pages_need_sources_for_claims_only(kind: str, wanted: bool) -> None:
    assert (
        "sources" in found(block(kind, "We do not track you.", sources=()), kind="info")
    ) == wanted


@pytest.mark.parametrize(
    ("words", "sources", "fine"),
    [
        ("6 in 10 people got better.", ("NG59",), True),
        ("6 in 10 people got better.", ("NHS",), False),
        ("About 1 to 2 in 100 people get it.", ("EXPERT",), False),
        ("They bled twice as often.", ("NHS",), False),
        ("6 in 10 people got better.", ("NHS", "NG59"), True),
        ("Some people got better.", ("NHS",), True),
        ("Some people got better.", ("HEARSAY",), False),
        ("Some people got better.", ("HEARSAY", "EXPERT"), True),
        ("Some people got better.", ("EXPERT",), True),
    ],
)
def test_numbers_rest_on_what_was_read(words: str, sources: tuple[str, ...], fine: bool) -> None:
    assert ("confidence" not in found(block("prose", words, sources=sources))) == fine


def test_how_common_always_counts_as_a_number() -> None:
    assert "confidence" in found(block("how_common", "get better.", sources=("NHS",)))


def test_an_unknown_source_is_found() -> None:
    library = replace(
        LIBRARY, pages=(page(block("prose", "It helps.", sources=("GONE",))), WALKING)
    )
    assert "sources" in {finding.check for finding in check_library(library)}


FLAG = block("prose", "Is your leg or foot swollen?")


@pytest.mark.parametrize("care", [(CLOT,), ("calf_tear",)])
def test_a_red_flag_needs_its_card(care: tuple[str, ...]) -> None:
    assert "red flag" in found(FLAG)
    assert "red flag" in found(FLAG, care=("cauda_equina",))
    assert "red flag" not in found(FLAG, care=care)


def test_a_red_flag_is_one_sentence() -> None:
    assert "red flag" not in found(block("prose", "Raise your leg. A face may be swollen."))


@pytest.mark.parametrize(
    ("first", "fine"),
    [
        (block("care_card", "One leg is newly swollen.", level="urgent"), True),
        (block("stop_card", "One leg is newly swollen."), True),
        (block("care_card", "One leg is newly swollen.", level="self_care"), False),
        (block("care_card", "You feel very ill.", level="emergency"), False),
    ],
)
def test_a_pressing_card_that_opens_the_page_warns_too(first: Block, fine: bool) -> None:
    assert ("red flag" not in found(blocks=(first, FLAG))) == fine
    assert "red flag" in found(blocks=(block("prose", "Well."), first, FLAG))


@pytest.mark.parametrize(
    "words",
    ["Massage your calf.", "Heat helps tight calves.", "Try heel raises.", "Do ankle pumps."],
)
def test_work_on_a_calf_needs_the_signs_of_a_clot(words: str) -> None:
    assert "calf work" in found(block("prose", words))
    assert "calf work" not in found(block("prose", words), care=(CLOT,))


def test_a_page_marked_as_calf_work_needs_the_signs_of_a_clot() -> None:
    assert "calf work" in found(fields={"kind": "habit", "works_calf": True})
    assert "calf work" not in found(fields={"kind": "habit", "works_calf": True}, care=(CLOT,))


EXERCISE, STOP = block("exercise", "Stand up."), block("stop_card", "You feel faint.")


@pytest.mark.parametrize(
    ("blocks", "fine"),
    [((STOP, EXERCISE), True), ((EXERCISE, STOP), False), ((EXERCISE,), False), ((STOP,), False)],
)
def test_an_exercise_has_a_stop_card_before_it(blocks: tuple[Block, ...], fine: bool) -> None:
    checked = found(blocks=blocks, kind="tip", fields={"kind": "exercise"})
    assert ("stop card" not in checked) == fine


@pytest.mark.parametrize(
    "words",
    [
        "Take 400 mg.",
        "Take 1.5 ml.",
        "Take it twice a day.",
        "2 tablets a day.",
        "One every 6 hours.",
    ],
)
def test_a_treatment_gives_no_dose(words: str) -> None:
    assert "dose" in found(block("prose", words))
    assert "dose" not in found(block("prose", words), kind="tip")


def test_a_treatment_says_who_should_not_have_it() -> None:
    assert "caution" in found(blocks=(LEADS_ON,))


def test_a_topic_opens_with_what_can_be_an_emergency() -> None:
    causes = tuple(replace(WALKING, kind="cause", fields={"key": key}) for key in TOPIC_CARE)
    library = replace(LIBRARY, pages=causes)
    assert "topic" not in found(kind="topic", care=TOPIC_CARE, library=library)
    for key in TOPIC_CARE:
        care = tuple(other for other in TOPIC_CARE if other != key)
        assert "topic" in found(kind="topic", care=care, library=library)


@pytest.mark.parametrize("link", ["page:gone", "term:gone"])
def test_a_dead_link_is_found(link: str) -> None:
    assert "dead link" in found(block("prose", "Here.", links=(link,)))
    assert "dead link" in found(block("prose", "Here.", dead_links=("/old/",)))


def test_a_page_leads_on() -> None:
    alone = replace(LIBRARY, pages=(page(blocks=()),))
    assert "way on" in found(blocks=(), library=alone)
    linked = block("prose", "Ask.", links=("checker:back",))
    assert "way on" not in found(blocks=(linked,), library=alone)
    cause = replace(WALKING, kind="cause", relations={"treatments": ("belt",)})
    assert "way on" not in found(blocks=(), library=replace(LIBRARY, pages=(page(), cause)))


def test_a_cause_fills_its_row_of_the_table() -> None:
    assert "comparison" in found(fields={"not_compared": ("feels",)})


def test_every_check_can_fail() -> None:
    """These tests name every check; this one fails when a new check comes without a test."""
    files = Path(__file__).parent.glob("test_audit_*.py")
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    names = {"answer", "description", "reading", "numbers", "sources", "confidence", "red_flags",
             "calf_work", "stop_card", "doses", "caution", "topic_cards", "dead_links", "ways_on",
             "relations", "told_at_one_end", "overdue", "compared", "median_grade", "unknown",
             "orphans", "glossary", "figures", "counts"}  # fmt: skip
    assert {c.__name__ for c in (*checks.PAGE_CHECKS, *checks.LIBRARY_CHECKS)} == names
    assert text.count("def test_") > len(names)

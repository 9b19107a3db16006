"""Words, stems, spelling and synonyms: what both databases are asked with."""

import pytest

from library.search.query import MOST_CONCEPTS, MOST_LETTERS, parse
from library.search.spelling import Speller, distance
from library.search.synonyms import Thesaurus
from library.search.words import forms, stem, stems, words

GROUPS = [["pee", "urinate", "water works"], ["slipped disc", "sciatica", "disc herniation"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("clots", "clotting"),
        ("ache", "aching"),
        ("calf", "calves"),
        ("swollen", "swelling"),
        ("exercises", "exercising"),
        ("numb", "numbness"),
        ("breathless", "breathing"),
        ("worse", "worst"),
        ("artery", "arteries"),
    ],
)
def test_forms_of_a_word_share_a_stem_and_find_each_other(one: str, other: str) -> None:
    assert stem(one) == stem(other)
    assert {one, other} <= {*forms(one), one} | {*forms(other), other}


@pytest.mark.parametrize(("one", "other"), [("vein", "vain"), ("disc", "dish"), ("feet", "fever")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_apostrophes_and_accents_are_read_as_the_index_reads_them() -> None:
    assert words("Can\u2019t pee, Baker's cyst, œdème") == ["cant", "pee", "baker", "cyst", "œdeme"]


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [("sciatica", "siatica", 1), ("calf", "claf", 1), ("vein", "vein", 0), ("abc", "xyz", 3)],
)
def test_distance(one: str, two: str, apart: int) -> None:
    assert distance(one, two, 3) == distance(two, one, 3) == apart


def test_the_nearest_word_wins_and_strange_words_have_none() -> None:
    speller = Speller({"sciatica": 3, "static": 1, "calf": 9, "thrombosis": 2})
    assert speller.nearest("siatica") == "sciatica"
    assert speller.nearest("trombosys") == "thrombosis"
    assert speller.nearest("zebra") == ""
    assert speller.nearest("cal") == ""


def test_a_phrase_is_one_concept_with_the_other_words_of_its_group() -> None:
    query = parse("is my slipped disc why I urinate so much", Thesaurus.of(GROUPS))
    disc, pee = query.concepts
    assert disc.own == stems("slipped disc")
    assert stems("sciatica") in disc.others
    assert stems("pee") in pee.others
    assert stems("water works") in pee.others


def test_small_words_are_dropped_unless_nothing_else_was_typed() -> None:
    thesaurus = Thesaurus()
    assert [c.typed for c in parse("what is a calf", thesaurus).concepts] == [("calf",)]
    assert [c.typed for c in parse("what is it", thesaurus).concepts] == [
        ("what",),
        ("is",),
        ("it",),
    ]


@pytest.mark.parametrize("text", ["", "   ", "?!*", "\x00\x07", '"" OR NEAR(', "a" * 10_000])
def test_any_input_is_a_bounded_query(text: str) -> None:
    query = parse(text, Thesaurus.of(GROUPS))
    assert len(query.text) <= MOST_LETTERS
    assert len(query.concepts) <= MOST_CONCEPTS


def test_more_words_than_anybody_reads_are_cut() -> None:
    many = " ".join(f"w{number}" for number in range(200))
    assert len(parse(many, Thesaurus()).concepts) <= MOST_CONCEPTS

"""The reading measure against texts whose scores are published, and words counted by hand."""

import pytest

from library.readability import (
    long_sentences,
    measure,
    passive_sentences,
    sentences,
    syllables,
    words,
)

# Each word in its syllables, as a person reads it aloud.
COUNTED_BY_HAND = """
a the be me eye ache aches cause leg calf calves vein knee nerve toes bruised walked stretched
aged used should through tongue rhy-thm spas-m clothes score more there is-n't does-n't don't
you're can't bleed red toe eyes league plaque fruit suit build hour
mus-cle mus-cles an-kle swol-len swell-ing doc-tor sur-geon peo-ple pain-ful mas-sage ta-ble
cen-tre me-tres fi-bre need-ed treat-ed set-tled some-thing some-times there-fore life-time
move-ment care-ful safe-ty like-ly home-work use-less back-ache be-cause be-fore re-quire
ques-tion e-qual qui-et di-et be-ing see-ing do-ing go-ing ly-ing stay-ing lay-er roy-al re-act
flu-id ru-in cru-el tri-al mil-lion un-ion on-ion sta-tion re-gion ache cha-os pa-tient tis-sue
cre-ate crea-ture fa-tigue tech-nique nine-ty some-one eve-ry busi-ness re-laxed chang-es pla-ces
cau-ses catch-es ri-ses mid-dle walk-er breath-less-ness sit-ting high-er a-chieve
med-i-cine ex-er-cise ex-er-ci-ses sci-at-i-ca ste-no-sis di-ag-no-sis di-a-be-tes an-xi-e-ty
so-ci-e-ty i-de-a ar-e-a u-su-al u-su-al-ly an-nu-al grad-u-al sit-u-a-tion con-tin-ue
con-tin-u-ous pe-ri-od se-ri-ous ob-vi-ous pre-vi-ous be-hav-iour ex-pe-ri-ence op-in-ion
I-tal-ian as-so-ci-a-tion al-li-ance re-li-a-ble phys-i-o ra-di-o vid-e-o os-te-o eas-i-er
ear-li-er health-i-est com-plete-ly im-me-di-ate-ly im-prove-ment set-tle-ment di-sea-ses
e-mer-gen-cy am-bu-lance swal-low-ing hos-pi-tal sur-ge-ry par-a-cet-a-mol i-bu-pro-fen
pul-mo-nar-y em-bo-lis-m throm-bo-sis her-ni-a her-ni-at-ed is-chae-mi-a oe-de-ma a-or-ta
an-ti-co-ag-u-lant rheu-ma-tis-m or-gan-is-m pneu-mo-ni-a fa-mil-iar in-flu-ence au-di-ence
phys-i-o-ther-a-py in-di-vid-u-al u-ni-ver-si-ty ev-i-dence reg-u-lar al-co-hol preg-nan-cy
an-y-one sep-a-rate-ly cir-cu-la-tion in-for-ma-tion in-flam-ma-tion clau-di-ca-tion
mea-sure pres-sure num-ber weak-ness shoul-der heart pal-pi-ta-tions in-jec-tion op-er-a-tion
vac-cine hy-dro-ther-a-py vi-ta-min de-fi-cien-cy kid-ney liv-er stom-ach ul-cer bow-el blad-der
u-rine in-con-ti-nence gen-i-tals but-tocks thigh shin ham-string lig-a-ment ten-don car-ti-lage
spi-nal lum-bar de-com-pres-sion a-naes-thet-ic ster-oid o-pi-oid co-deine di-clo-fe-nac
a-pix-a-ban com-pres-sion stock-ings ul-tra-sound cel-lu-li-tis in-fec-tion fe-ver an-eu-rys-m
ar-ter-y ar-ter-ies veins skin light-ly slow-ly gen-tle gent-ly twice week month min-utes
re-paired lift-ed pulled stopped wors-ens eas-es bend-ing squeez-es nurse nur-ses phar-ma-cist
nose-bleeds ad-vice ad-vise sched-ule ap-point-ment trav-el jour-ney pi-lot a-lone
to-geth-er ei-ther
"""

# (text, words, syllables, Flesch-Kincaid grade, reading ease): the first three are the worked
# examples of the Wikipedia article on these formulas; the last is counted by hand.
WORKED = [
    ("The cat sat on the mat.", 6, 6, -1.45, 116.1),
    (
        "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
        13, 24, 11.3, 37.5,
    ),
    (
        "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
        16, 23, 7.6, 69.0,
    ),
    (
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, "
        "conceived in Liberty, and dedicated to the proposition that all men are created equal.",
        30, 48, 15.0, 41.0,
    ),
]  # fmt: skip


def test_syllables_agree_with_a_count_by_hand() -> None:
    by_hand = {word.replace("-", ""): word.count("-") + 1 for word in COUNTED_BY_HAND.split()}
    assert len(by_hand) >= 150
    wrong = {w: (syllables(w), n) for w, n in by_hand.items() if syllables(w) != n}
    assert len(wrong) <= 0.05 * len(by_hand), wrong


@pytest.mark.parametrize(("text", "n_words", "n_syllables", "grade", "ease"), WORKED)
def test_worked_examples(
    text: str, n_words: int, n_syllables: int, grade: float, ease: float
) -> None:
    got = measure(text)
    assert (got.words, got.sentences, got.syllables) == (n_words, 1, n_syllables)
    assert got.grade == pytest.approx(grade, abs=0.05)
    assert got.ease == pytest.approx(ease, abs=0.06)


def test_grade_is_the_formula_over_several_sentences() -> None:
    got = measure("You rest. Your leg hurts. Call a doctor today.")  # 9 words, 11 syllables
    assert (got.words, got.sentences, got.syllables) == (9, 3, 11)
    assert got.grade == pytest.approx(0.39 * 9 / 3 + 11.8 * 11 / 9 - 15.59)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take a walk, e.g. to the shop. Then rest.", 2),
        ("Use a painkiller, i.e. Paracetamol, for now.", 1),
        ("Ask Dr. Smith first. She knows you.", 2),
        ("About 1.5 in 10 people get better. 3 in 10 do not.", 2),
        ("Is it safe? No. Get help now!", 3),
        ('She said "Stop." Then she left.', 2),
        ("Call 999 if you:\n- cannot breathe\n- faint\n- cough up blood", 4),
        ("1. Lie down.\n2. Bend your knees. Breathe.", 3),
        ("A heading without a stop\n\nA sentence.", 2),
        ("", 0),
        ("-\n* * *", 0),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected, sentences(text)


def test_list_numbers_are_not_words() -> None:
    assert words(" ".join(sentences("1. Lie down.\n2. Rest."))) == ["Lie", "down", "Rest"]
    assert measure("1. Lie down.\n2. Rest.").words == 3


def test_words_keep_apostrophes_hyphens_and_numbers_whole() -> None:
    assert words("Don\u2019t go to A&E for a follow-up at 10.30.") == [
        "Don\u2019t", "go", "to", "A&E", "for", "a", "follow-up", "at", "10.30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "count"), [("DVT", 3), ("GPs", 2), ("A&E", 3), ("WHO", 5), ("10", 2), ("x-ray", 2)]
)
def test_initials_and_figures_are_spelled_out(word: str, count: int) -> None:
    assert syllables(word) == count


def test_known_words_count_as_two_syllables_at_most() -> None:
    text = "Rivaroxaban treats deep vein thrombosis."
    plain, known = measure(text), measure(text, known=["rivaroxaban", "deep vein thrombosis"])
    assert plain.syllables - known.syllables == (5 - 2) + (3 - 2)
    assert known.words == plain.words
    assert known.grade < plain.grade


def test_known_words_are_whole_phrases_and_take_a_plural() -> None:
    assert measure("Anticoagulants", known=["anticoagulant"]).syllables == 2
    assert measure("deep thought", known=["deep vein thrombosis"]).syllables == 2
    assert measure("discotheques", known=["disc"]).syllables == measure("discotheques").syllables


def test_long_sentences_are_those_over_the_limit() -> None:
    twenty_five = " ".join(["walk"] * 25) + "."
    twenty_six = " ".join(["walk"] * 26) + "."
    assert long_sentences(f"{twenty_five.capitalize()} {twenty_six.capitalize()}", 25) == [
        twenty_six.capitalize()
    ]
    assert measure(twenty_five).long == ()
    assert measure(twenty_six).long == (twenty_six,)


@pytest.mark.parametrize(
    "text",
    [
        "The clot was found on a scan.",
        "Is it caused by a slipped disc?",
        "Belts are not recommended.",
        "Your leg may be examined.",
        "The medicine isn\u2019t often given alone.",
        "You're told to rest.",
    ],
)
def test_passive_is_seen(text: str) -> None:
    assert passive_sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "A doctor found the clot.",
        "You are tired and your foot is red.",
        "There is a need for rest.",
        "Your calf is sore.",
        "They helped you when you called.",
    ],
)
def test_active_is_left_alone(text: str) -> None:
    assert passive_sentences(text) == []


def test_a_text_without_words_has_nothing_to_judge() -> None:
    got = measure("  \n—\n")
    assert (got.words, got.sentences, got.grade, got.ease) == (0, 0, 0.0, 0.0)

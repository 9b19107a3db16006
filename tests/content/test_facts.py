"""Section 0.2 of the clinical facts sheet: what the seed article gets wrong, said right.

One test for each of its twenty statements. Each asks for the corrected thing on the pages where a
reader looks for it, and that no page says the wrong one.
"""

import re
from dataclasses import replace

import pytest

from content_words import NEGATED, Words
from library.audit.library import Library

NSAIDS = ("ibuprofen", "diclofenac", "celecoxib")
BLOOD_THINNERS = ("rivaroxaban", "warfarin")


#: What no page may say: a pattern, and a sentence of the kind that it must catch.
WRONG = {
    "mpff": (
        r"(MPFF|Daflon|flavonoid)\b.*(blood thinner|anticoagulant)",
        "MPFF is an anticoagulant for leg clots.",
    ),
    "belt": (
        r"(wear|use|try)\w* (a |your )?(lumbar |back )?(belt|corset|support)s?\b",
        "Wear a lumbar belt to protect your back.",
    ),
    "traction": (
        r"traction\b.*\b(helps|beneficial|eases|relieves)",
        "Lumbar traction eases stenosis.",
    ),
    "mecobalamin": (
        r"mecobalamin\b.*\b(heals|repairs|helps|eases)\b",
        "Mecobalamin heals the nerve in your leg.",
    ),
    "sciatic nerve": (
        r"(press|squeez|compress|trap)\w*\b.*\bsciatic nerve",
        "The disc presses on the sciatic nerve.",
    ),
    "spinal cord": (
        r"(press|squeez|compress|trap)\w*\b.*\bspinal cord",
        "A narrow canal squeezes the spinal cord.",
    ),
    "circulation": (
        r"(stenosis|narrow(ed)? (spinal )?canal)\b.*\b(circulation|blood flow)",
        "Stenosis harms the circulation in your legs.",
    ),
    "swelling from a nerve": (
        r"(disc|trapped nerve|pressed nerve|stenosis|sciatica)\b[^.]*(swell|swollen|bigger)",
        "A slipped disc makes the calf swell.",
    ),
    "massage": (
        r"\b(massage|rub|knead)\w* (your|the|a|both) (calf|calves|legs?)\b",
        "Massage the calf while you rest.",
    ),
    "warm legs": (
        r"keep (your |the )?(legs?|lower limbs?) warm",
        "In winter keep your legs warm.",
    ),
    "rest": (
        r"avoid (strenuous|all|hard) (exercise|activity)",
        "Avoid strenuous exercise.",
    ),
    "posture": (
        r"(keep|maintain|sit with|hold) (a |your )?(proper|correct|good|perfect) posture",
        "Maintain proper posture all day.",
    ),
    "two thinners": (
        r"rivaroxaban (and|with|plus) warfarin\b.*\btogether",
        "Take rivaroxaban and warfarin together.",
    ),
}
#: How pages speak of a wrong belief before they put it right, and of what once went wrong.
TOLD = r"|you may have (read|heard)|clots that moved"


def _wrong(they: Words, what: str, unless: str = NEGATED + TOLD) -> list[tuple[str, str]]:
    """Sentences that say the wrong thing and do not deny it."""
    denied = re.compile(unless, re.IGNORECASE)
    found = they.sentence_with(WRONG[what][0])
    return [(slug, words) for slug, words in found if not denied.search(words)]


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_statement_would_be_caught(words: Library, what: str) -> None:
    sentence = WRONG[what][1]
    page = replace(words.by_slug["myths"], answer=sentence)
    assert ("myths", sentence) in _wrong(Words(replace(words, pages=(page,))), what)


def _cited(they: Words, slug: str, pattern: str) -> set[str]:
    """Sources of the blocks of a page in which a pattern stands."""
    compiled = re.compile(pattern, re.IGNORECASE)
    page = they.page(slug)
    return {key for b in page.blocks if compiled.search(b.words) for key in b.sources}


def test_s1_mpff_is_no_blood_thinner(they: Words) -> None:
    assert they.says("mpff", "is not a blood thinner")
    assert they.says("mpff", "does not treat a clot")
    assert they.says("mpff", "with a blood thinner, never alone")
    assert they.says("deep-vein-thrombosis", "Daflon .* thins the blood It does not")
    assert they.says("rivaroxaban", "not swap it for MPFF")
    assert "LOB19" in _cited(they, "mpff", "60 people")
    assert _wrong(they, "mpff") == []
    for slug in BLOOD_THINNERS:
        assert "mpff" not in they.page(slug).other_names


def test_s2_belts_are_advised_against(they: Words) -> None:
    assert they.says("lumbar-belt", "NICE .*do not offer belts")
    assert they.says("lumbar-belt", "belts do not prevent back pain")
    assert they.says("lumbar-belt", "not for routine care")
    assert _cited(they, "lumbar-belt", "belts") >= {"NG59", "STEF16", "VADOD17", "WHO23"}
    assert they.says("slipped-disc", "guidelines advise against Belts and corsets")
    assert _wrong(they, "belt") == []


def test_s3_traction_is_advised_against(they: Words) -> None:
    assert they.says("traction", "NICE .*do not offer traction")
    assert they.says("traction", "little or no (effect|difference)")
    assert _cited(they, "traction", "traction") >= {"NG59", "WEG13", "VADOD17", "WHO23"}
    for slug in ("slipped-disc", "spinal-stenosis"):
        assert they.says(slug, r"advise against[^.]*(\n[^\n]*){0,3}Traction")
    assert _wrong(they, "traction") == []


def test_s4_mecobalamin_has_no_proof_in_sciatica(they: Words) -> None:
    assert they.says("mecobalamin", "diabetes or shingles, not in people with sciatica")
    assert they.says("mecobalamin", "Most of those trials were weak")
    assert they.says("mecobalamin", "looked for a sciatica guideline .* and found none")
    assert they.says("mecobalamin", "Licensing differs by country")
    assert "SAW20" in _cited(they, "mecobalamin", "15 trials")
    assert _wrong(they, "mecobalamin") == []


def test_s5_eperisone_has_small_studies_only(they: Words) -> None:
    assert they.says("eperisone", "small and short")
    assert they.says("eperisone", "about 8 points lower in the first 2 weeks")
    assert they.says("eperisone", "Side effects were more common")
    assert they.says("eperisone", "Some countries license eperisone, and others do not")
    assert _cited(they, "eperisone", "trials|studies") >= {"BAV16", "CASH21"}


def test_s6_huoxue_zhitong_has_no_proof_and_may_add_to_bleeding(they: Words) -> None:
    assert they.says("huoxue-zhitong", "for bruises")
    assert they.says("huoxue-zhitong", "no guideline that advises it for a narrow spinal canal")
    assert they.says("huoxue-zhitong", "may add to bleeding")
    assert they.says("huoxue-zhitong", "Anyone who is pregnant")
    assert they.says("huoxue-zhitong", "with rivaroxaban, warfarin, aspirin or an anti-inflam")
    assert they.says("spinal-stenosis", "no good trial or guideline that backs them")


def test_s7_anti_inflammatories_have_limits(they: Words) -> None:
    assert they.says("ibuprofen", "In sciatica trials it did no better than a dummy pill")
    assert they.says("slipped-disc", "no better than dummy tablets")
    assert _cited(they, "slipped-disc", "dummy tablets") == {"RB16", "NG59-20"}
    assert "RB16" in _cited(they, "ibuprofen", "dummy pill")
    for disease in ("heart disease", "heart failure", "stroke", "leg arter"):
        for slug in ("diclofenac", "celecoxib"):
            assert they.says(slug, disease), (slug, disease)
    assert "SPS13" in _cited(they, "diclofenac", "Since 2013")
    for slug in NSAIDS:
        assert they.says(slug, r"never (take two|add ibuprofen)"), slug


def test_s8_anti_inflammatories_and_blood_thinners_do_not_mix(they: Words) -> None:
    """On both sides, so that no reader of one meets it without the other."""
    for slug in NSAIDS:
        assert they.says(slug, "blood thinner[^.]* unless your doctor agrees|not take both"), slug
        assert they.says(slug, "twice as common|about doubled bleeding"), slug
    for slug in BLOOD_THINNERS:
        assert they.says(slug, "Ibuprofen, (naproxen, )?diclofenac"), slug
        assert they.says(slug, "twice as common with both|about doubled bleeding"), slug
    for slug in (*NSAIDS, *BLOOD_THINNERS, "deep-vein-thrombosis", "myths", "treatments"):
        assert "PET24" in {key for block in they.page(slug).blocks for key in block.sources}, slug
        cards = [b.kind for b in they.page(slug).blocks if "PET24" in b.sources]
        assert set(cards) & {"caution", "myth"}, slug


def test_s9_a_disc_presses_on_a_nerve_root(they: Words) -> None:
    assert they.says("slipped-disc", "nerve root")
    assert they.says("slipped-disc", "not on the sciatic nerve itself")
    assert _wrong(they, "sciatic nerve") == []


def test_s10_stenosis_squeezes_roots_not_the_cord(they: Words) -> None:
    assert they.says("spinal-stenosis", "squeezes the nerve roots")
    assert they.says("spinal-stenosis", "does not squeeze the spinal cord, which ends higher up")
    assert _wrong(they, "spinal cord") == []


def test_s11_stenosis_leaves_the_blood_flow_alone(they: Words) -> None:
    assert they.says("spinal-stenosis", "Nor does it cut the blood flow to your legs")
    assert they.says("spinal-stenosis", "Canal or circulation")
    assert they.page("spinal-stenosis").linked_pages() >= {"peripheral-artery-disease"}
    assert _wrong(they, "circulation") == []


def test_s12_a_nerve_does_not_make_a_calf_bigger(they: Words) -> None:
    assert they.says("back-and-calf-pain", "does not make a calf measure bigger")
    assert they.says("slipped-disc", "does not measure bigger")
    assert they.says("spinal-stenosis", "does not make a calf measure bigger")
    assert they.says("back-and-calf-pain", "One newly swollen leg needs a check for a clot today")
    unless = NEGATED + r"|a smaller bulge|huge bulge|even if you|\bmyth\b"
    allowed = {
        ("myths", "I have sciatica, so the swollen calf is part of it"),  # the myth itself
    }
    assert set(_wrong(they, "swelling from a nerve", unless)) - allowed == set()


def test_s13_no_massage_before_a_clot_is_ruled_out(they: Words) -> None:
    assert they.says("massage", "never rub a sore or swollen calf before a clot check")
    assert _cited(they, "massage", "rubbed the leg|hidden clot") >= {"THAI20", "LIM09"}
    assert they.says("myths", "sore calf needs a good rub Not before")
    assert "venous_thrombosis" in they.page("massage").care
    first = they.page("massage").blocks[0]
    assert (first.kind, "rub" in first.words) == ("care_card", True)
    assert _wrong(they, "massage") == []


def test_s14_a_blood_thinner_alone_is_standard(they: Words) -> None:
    assert they.says("clot-removal", "A blood thinner alone is the usual treatment")
    assert they.says("clot-removal", "less than 14 days ago")
    assert they.says("clot-removal", "clot puts the leg itself in danger")
    assert they.says("clot-removal", "Open surgery is for people who cannot have clot-melting")
    assert _cited(they, "clot-removal", "blood thinner alone|14 days") >= {"CHEST16", "SVS12"}
    assert they.says("deep-vein-thrombosis", "A blood thinner alone is the usual advice")


def test_s15_keep_active_and_cold_is_no_cause(they: Words) -> None:
    assert they.says("heat", "no proof that cold weather causes these problems")
    assert they.says("back-and-calf-strain", "no proof that cold causes")
    assert {"NG59", "DAHM10"} <= {k for b in they.page("staying-active").blocks for k in b.sources}
    assert _wrong(they, "warm legs") == []
    assert _wrong(they, "rest") == []


def test_s16_no_posture_is_the_right_one(they: Words) -> None:
    assert they.says("change-position", "do not agree that any way of sitting or standing causes")
    assert they.says("change-position", "best position is your next one")
    assert "SWAIN20" in _cited(they, "change-position", "41 reviews")
    assert they.says("myths", "Perfect posture prevents back pain Experts do not agree")
    assert _wrong(they, "posture") == []


@pytest.mark.parametrize(
    ("slug", "named"),
    [
        ("cauda-equina-syndrome", "cauda equina"),
        ("pulmonary-embolism", "lung"),
        ("blocked-leg-artery", "suddenly"),
        ("peripheral-artery-disease", "stand still"),
        ("serious-back-pain", "aneurysm"),
        ("serious-back-pain", "infection"),
        ("serious-back-pain", "cancer"),
        ("serious-back-pain", "fracture|broken bone|break"),
        ("slipped-disc", "the foot may drop"),
        ("back-and-calf-pain", "pregnant"),
    ],
)
def test_s17_what_the_seed_leaves_out_is_there(they: Words, slug: str, named: str) -> None:
    assert they.says(slug, named)


def test_s17_every_cause_says_how_soon(they: Words) -> None:
    soon = r"\b(today|same day|now|at once|within (days|weeks|hours)|ambulance|999|two weeks)\b"
    for page in they.library.pages:
        if page.kind == "cause":
            assert they.says(page.slug, soon), page.slug


def test_s18_warfarin_and_rivaroxaban_are_alternatives(they: Words) -> None:
    for slug in BLOOD_THINNERS:
        assert they.says(slug, "are alternatives"), slug
    assert they.says("deep-vein-thrombosis", "You take one or the other, not both")
    assert they.says("rivaroxaban", "newer tablet of this kind rather than warfarin")
    assert "CHEST16" in _cited(they, "warfarin", "newer tablet over warfarin")
    assert _wrong(they, "two thinners") == []


def test_s19_a_bad_back_seldom_explains_a_clot(they: Words) -> None:
    assert they.says("deep-vein-thrombosis", "a bad back on its own seldom explains a clot")
    assert they.says("deep-vein-thrombosis", "Long sitting, days in bed and age add only a little")
    for risk in ("cancer", "broken leg", "earlier clot", "hormones", "birth"):
        assert they.says("deep-vein-thrombosis", risk), risk
    assert "ERJ-VTE" in _cited(they, "deep-vein-thrombosis", "add only a little")


def test_s20_whole_words_named_sources_and_an_honest_review_line(they: Words) -> None:
    """No word of another script is left over, every clinical page shows where it comes from."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for page in they.library.pages:
        assert not chinese.search(f"{page.title} {page.answer} {page.text}"), page.slug
        if page.kind in ("cause", "treatment", "tip", "topic"):
            assert {key for block in page.blocks for key in block.sources}, page.slug
    assert they.says("how-we-write-and-check", "No clinician has signed off any page yet")

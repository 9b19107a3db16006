"""Checks that urgency comes first: red flags, calf work, stop cards, doses, the topic's cards."""

import re
from collections.abc import Iterator

from library.audit.finding import Finding
from library.audit.library import Library
from library.audit.pages import CARE, STOP, AuditPage, Block
from library.audit.red_flags import RedFlag

CLOT = "venous_thrombosis"
#: What can be an emergency behind the symptoms of a topic: its signs stand above the causes.
TOPIC_CARE = ("pulmonary_embolism", "cauda_equina", "limb_ischaemia", CLOT)
_PRESSING = ("emergency", "urgent")
_DOSE = re.compile(
    r"\b\d[\d.,]*\s?(?:mg|mcg|micrograms?|milligrams?|ml|IU|units)\b"
    r"|\b(?:once|twice|three times|four times|\d times) (?:a|per|each) day\b"
    r"|\b\d+ (?:tablets?|capsules?|pills?|drops) (?:a|per|each|every)\b|\bevery \d+ hours\b",
    re.IGNORECASE,
)
_WORKS_CALF = re.compile(
    r"\b(?:rub|massage|heat|warm|stretch|knead|foam-roll)\w*\b[^.!?]*\b(?:calf|calves)\b"
    r"|\b(?:heel raises?|ankle pumps?|calf stretch)\b",
    re.IGNORECASE,
)


def red_flags(page: AuditPage, library: Library) -> Iterator[Finding]:
    """A page that names a red flag opens with its card, above the first cause or tip."""
    for flag in library.red_flags:
        for block in page.blocks:
            sentence = flag.named_in(block.sentences())
            if sentence and not _warned_of(page, flag):
                reason = f"It names a red flag ({flag.name}) without its card first: “{sentence}”"
                mend = f"Add one of these to “care”: {', '.join(flag.care)}."
                yield Finding(page.name, "red flag", block.place, reason, mend)
                break


def _warned_of(page: AuditPage, flag: RedFlag) -> bool:
    if set(page.care) & set(flag.care):
        return True
    return any(flag.named_in(block.sentences()) for block in opening_cards(page))


def opening_cards(page: AuditPage) -> list[Block]:
    """The pressing cards that stand in the body before anything else."""
    cards = []
    for block in page.blocks:
        if not (block.kind == STOP or (block.kind == CARE and block.level in _PRESSING)):
            break
        cards.append(block)
    return cards


def calf_work(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """Rubbing, heating or working a calf over an unknown clot can kill: the warning comes first."""
    mend = f"Add “{CLOT}” to “care”."
    if page.fields.get("works_calf") and CLOT not in page.care:
        reason = "It rubs, heats or works a calf without the signs of a clot first."
        yield Finding(page.name, "calf work", "care", reason, mend)
    elif page.is_clinical and CLOT not in page.care:
        named = next((b for b in page.blocks if _WORKS_CALF.search(b.words)), None)
        if named is not None:
            reason = (
                "It speaks of working, rubbing or heating a calf without the signs of a clot first."
            )
            yield Finding(page.name, "calf work", named.place, reason, mend)


def stop_card(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """A reader knows when to stop before they begin."""
    kinds = [block.kind for block in page.blocks]
    if not (page.is_exercise or "exercise" in kinds):
        return
    mend = "Put a stop card before the exercise."
    if "exercise" not in kinds:
        reason = "An exercise page without an exercise block."
        yield Finding(page.name, "stop card", "", reason, "Add the steps as an exercise block.")
    elif STOP not in kinds[: kinds.index("exercise")]:
        yield Finding(page.name, "stop card", "", "The exercise has no stop card before it.", mend)


def doses(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """A dose is a matter between a reader and their leaflet, pharmacist or doctor."""
    if page.kind != "treatment":
        return
    for block in page.blocks:
        if found := _DOSE.search(block.words):
            reason = f"It gives a dose: “{found[0]}”."
            yield Finding(
                page.name, "dose", block.place, reason, "Leave it out; name who can tell."
            )


def caution(page: AuditPage, _library: Library) -> Iterator[Finding]:
    """Every treatment says who should not have it."""
    if page.kind == "treatment" and all(block.kind != "caution" for block in page.blocks):
        reason = "It does not say who should not have this treatment."
        yield Finding(page.name, "caution", "", reason, "Add a caution block.")


def topic_cards(page: AuditPage, library: Library) -> Iterator[Finding]:
    """The topic opens with the signs of whatever on it can be an emergency."""
    if page.kind == "topic":
        keys = {other.fields.get("key") for other in library.pages}
        for key in TOPIC_CARE:
            if key in keys and key not in page.care:
                reason = f"The signs of “{key}” do not stand above the causes."
                yield Finding(page.name, "topic", "care", reason, f"Add “{key}” to “care”.")

"""What each triage level says to a patient."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from checker.engine import Level
from library.brand import in_our_words

Words = str | Promise


@dataclass(frozen=True)
class LevelWords:
    """``name`` for editors, ``heading`` and ``to_do`` for the result, ``lead`` for care cards,
    ``on_paper`` for the paper twin where ``to_do`` speaks of what only a screen has."""

    key: str
    name: Words
    heading: Words
    to_do: tuple[Words, ...]
    card_title: Words
    lead: Words
    on_paper: tuple[Words, ...] = ()


WORDS: dict[Level, LevelWords] = {
    Level.EMERGENCY: LevelWords(
        key="emergency",
        name=_("Emergency"),
        heading=_("Get emergency help now"),
        to_do=(
            in_our_words(_("Call {emergency}, or go to {department} now.")),
            _("Do not drive yourself. Do not wait to see if it passes."),
            _("Tell them what you answered here. Show them this page."),
        ),
        card_title=_("Emergency: get help now"),
        lead=in_our_words(_("Call {emergency} or go to {department} now if:")),
    ),
    Level.URGENT: LevelWords(
        key="urgent",
        name=_("Urgent: today"),
        heading=_("Be seen by a clinician today"),
        to_do=(
            in_our_words(
                _("Ask for an urgent appointment today, or call {urgent_line}."),
                without=_("Ask for an urgent appointment today."),
            ),
            in_our_words(_("If nobody can see you today, go to urgent care or {department}.")),
            _("Do not rub, heat or stretch a sore or swollen calf before then."),
        ),
        card_title=_("Urgent: be seen today"),
        lead=in_our_words(
            _("Get an urgent appointment today, or call {urgent_line}, if:"),
            without=_("Get an urgent appointment today if:"),
        ),
    ),
    Level.SOON: LevelWords(
        key="soon",
        name=_("Soon: days to weeks"),
        heading=_("See a doctor or physiotherapist soon"),
        to_do=(
            _("Book a visit in the next days to weeks: within days where a reason below says so."),
            _("Take a list of your medicines and the summary of your answers."),
            _("Until then, keep moving as much as you can."),
            _("Do not rub, heat or stretch a sore or swollen calf before someone has checked it."),
        ),
        card_title=_("Soon: see a doctor or physiotherapist"),
        lead=_("Book a visit in the next days to weeks if:"),
        on_paper=(
            _("Book a visit in the next days to weeks."),
            _("Take this paper and a list of your medicines."),
            _("Until then, keep moving as much as you can."),
            _("Do not rub, heat or stretch a sore or swollen calf before someone has checked it."),
        ),
    ),
    Level.SELF_CARE: LevelWords(
        key="self_care",
        name=_("Self-care"),
        heading=_("You can look after this yourself for now"),
        to_do=(
            _("Keep moving, and read what helps on the pages below."),
            _("See a doctor or physiotherapist if it is not better in a few weeks."),
            _("Check the list “Get help sooner if” below, and come back if anything changes."),
        ),
        card_title=_("Self-care"),
        lead=_("You can look after this yourself if:"),
        on_paper=(
            _("Keep moving."),
            _("See a doctor or physiotherapist if it is not better in a few weeks."),
            _("Answer these questions again if anything changes."),
        ),
    ),
}

FIT_WORDS: dict[str, Words] = {
    "well": _("Fits well"),
    "partly": _("Fits partly"),
    "little": _("Little to suggest it"),
}

"""Ways in by body part and by feeling. Which conditions stand there follows from their own pages.

Every cause page says in a few words where it is felt and how. A place or a feeling lists the pages
that speak of it, so an editor who changes those words changes the lists.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library import fresh
from library.models import CausePage
from library.search.words import stem, stems

#: “Below the knee” is the calf, not the knee.
_BELOW = re.compile(r"\bbelow the knee\b", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """A place of the body or a feeling: its address, its name, and the words that speak of it."""

    key: str
    label: str | Promise
    words: frozenset[str]
    field: str

    def leads_to(self, text: str) -> bool:
        """Whether a page that says this in its field speaks of it."""
        if self.field == "where":
            text = _BELOW.sub("calf", text)
        return not self.words.isdisjoint(stems(text))


def _way(key: str, label: str | Promise, words: str, field: str) -> Way:
    return Way(key, label, frozenset(map(stem, words.split())), field)


#: From head to foot, as the picture shows them.
PLACES = (
    _way("chest", _("Chest"), "chest", "where"),
    _way("low-back", _("Low back"), "back", "where"),
    _way("buttock", _("Buttock"), "buttock", "where"),
    _way("between-the-legs", _("Between the legs"), "saddle", "where"),
    _way("thigh", _("Thigh"), "thigh leg", "where"),
    _way("knee", _("Behind the knee"), "knee", "where"),
    _way("calf", _("Calf"), "calf leg", "where"),
    _way("ankle-and-foot", _("Ankle or foot"), "ankle foot", "where"),
)
FEELINGS = (
    _way("numb", _("Numb or tingling"), "numb tingling", "feels"),
    _way("burning", _("Burning or electric"), "burning electric shooting", "feels"),
    _way("cramp", _("Cramp or tightness"), "cramp tight", "feels"),
    _way("heavy", _("Heavy or tired"), "heavy tired", "feels"),
    _way("dull", _("A dull ache"), "dull aching", "feels"),
    _way("sore", _("Sore or stiff"), "sore stiff", "feels"),
    _way("constant", _("Constant, or worse than any before"), "constant", "feels"),
    _way("sudden", _("Sudden and strong"), "sudden sharp", "feels"),
    _way("hot", _("Hot or warm"), "hot warm", "feels"),
    _way("cold", _("Cold"), "cold", "feels"),
    _way("swollen", _("Swollen"), "yes often some sometime little", "swelling"),
    _way("toilet", _("Trouble with pee, poo or sex"), "pee poo sex", "feels"),
    _way("breath", _("Short of breath, or chest pain"), "breath chest", "feels"),
)


def way(key: str) -> Way | None:
    return next((way for way in (*PLACES, *FEELINGS) if way.key == key), None)


def keys_of(chosen: Way) -> list[int]:
    """The conditions that speak of it, in the order of the topic: kept until something changes."""
    return fresh.kept(f"library-way-{chosen.key}", lambda: _keys_of(chosen))


def _keys_of(chosen: Way) -> list[int]:
    pages = CausePage.objects.live().public().order_by("path")
    rows = pages.values_list("pk", chosen.field)
    return [pk for pk, text in rows.iterator() if chosen.leads_to(text)]


def pages_with(keys: Sequence[int]) -> list[CausePage]:
    pages = CausePage.objects.live().defer_streamfields().in_bulk(list(keys))
    return [pages[pk] for pk in keys if pk in pages]

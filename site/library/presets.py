"""Whom to call, by country, in words that fit into "Call …, or go to … now."."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Preset:
    """``emergency`` and ``urgent_line`` stand after "call", ``department`` after "go to".

    A number stands alone where it is the only one, so that a telephone can dial it.
    """

    label: Words
    emergency: Words
    department: Words
    urgent_line: Words = ""
    emergency_number: str = ""
    urgent_number: str = ""


#: An owner who has not chosen serves readers of any country, so the usual numbers are all named.
ANYWHERE = Preset(
    label=_("Any country"),
    emergency=_("your emergency number (999, 112, 911 or 120)"),
    department=_("A&E"),
    urgent_line=_("your health line (111 in the UK)"),
)
PRESETS: dict[str, Preset] = {
    "uk": Preset(
        label=_("United Kingdom"),
        emergency="999",
        emergency_number="999",
        department=_("A&E"),
        urgent_line="NHS 111",
        urgent_number="111",
    ),
    "us": Preset(
        label=_("United States"),
        emergency="911",
        emergency_number="911",
        department=_("the emergency room (ER)"),
    ),
    "eu": Preset(
        label=_("European Union"),
        emergency="112",
        emergency_number="112",
        department=_("an emergency department"),
    ),
    "au": Preset(
        label=_("Australia"),
        emergency="000",
        emergency_number="000",
        department=_("an emergency department"),
        urgent_line=_("Healthdirect on 1800 022 222"),
        urgent_number="1800 022 222",
    ),
    "cn": Preset(
        label=_("China"),
        emergency="120",
        emergency_number="120",
        department=_("a hospital emergency department"),
    ),
}

"""What an owner makes the site their own with: name, logo, colour, and whom to call."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import register_setting

from library import colour
from library.presets import ANYWHERE, PRESETS, Preset

COUNTRIES = [(key, preset.label) for key, preset in PRESETS.items()]
is_number = RegexValidator(
    r"^\+?[0-9][0-9 ]*$", _("Write a telephone number: digits and spaces, with a plus if needed.")
)


@register_setting(icon="home")
class SiteBrand(BaseSiteSetting):
    """An empty field means: as the country has it, or as Causeway comes."""

    name = models.CharField(_("name of the site"), max_length=60, default="Causeway")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands in place of the mark, beside the name. At least 96 pixels high."),
    )
    logo_alt = models.CharField(
        _("what the logo says"),
        max_length=120,
        blank=True,
        help_text=_("Only if it says more than the name beside it."),
    )
    accent = models.CharField(
        _("colour of links and buttons"),
        max_length=7,
        blank=True,
        help_text=_("For example #5a2768. Red, amber, blue and green stand for urgency here."),
    )
    accent_dark = models.CharField(
        _("the same on dark ground"),
        max_length=7,
        blank=True,
        help_text=_("Leave empty, and a lighter shade of the colour above is used."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=COUNTRIES,
        blank=True,
        help_text=_("Fills the words below. Without one, the numbers of several are named."),
    )
    emergency_number = models.CharField(
        _("emergency number"), max_length=20, blank=True, validators=[is_number]
    )
    urgent_line = models.CharField(
        _("urgent line"),
        max_length=60,
        blank=True,
        help_text=_("Whom to call the same day, for example NHS 111. It stands after “call”."),
    )
    urgent_number = models.CharField(
        _("number of the urgent line"), max_length=20, blank=True, validators=[is_number]
    )
    department = models.CharField(
        _("emergency department"),
        max_length=60,
        blank=True,
        help_text=_("As people say it after “go to”, for example A&E, or the ER."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("name", "logo", "logo_alt", "accent", "accent_dark")],
            heading=_("Name and looks"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "country",
                    "emergency_number",
                    "department",
                    "urgent_line",
                    "urgent_number",
                )
            ],
            heading=_("Whom to call"),
        ),
    ]
    select_related = ["logo"]

    class Meta:
        verbose_name = _("name, looks and whom to call")

    def clean(self) -> None:
        super().clean()
        problems = {
            "accent": _problem(self.accent, colour.LIGHT_GROUNDS, colour.BLACK),
            "accent_dark": _problem(self.accent_dark, colour.DARK_GROUNDS, colour.WHITE),
        }
        if self.accent_dark and not self.accent:
            problems["accent_dark"] = gettext("Choose the colour for light ground too.")
        if self.urgent_number and not self.urgent_line:
            problems["urgent_line"] = gettext("Say whose number this is.")
        found = {field: text for field, text in problems.items() if text}
        if found:
            raise ValidationError(found)

    @property
    def preset(self) -> Preset:
        return PRESETS.get(self.country, ANYWHERE)

    @cached_property
    def dial_emergency(self) -> str:
        """The one emergency number, where there is one."""
        return self.emergency_number or self.preset.emergency_number

    @cached_property
    def dial_urgent(self) -> str:
        return self.urgent_number if self.urgent_line else self.preset.urgent_number

    @cached_property
    def words(self) -> dict[str, str]:
        """What fills the braces of sentences such as "Call {emergency}"."""
        return {
            "emergency": self.emergency_number or str(self.preset.emergency),
            "department": self.department or str(self.preset.department),
            "urgent_line": self._urgent_line() or str(self.preset.urgent_line),
        }

    def _urgent_line(self) -> str:
        if not self.urgent_number or self.urgent_number in self.urgent_line:
            return self.urgent_line
        return gettext("{line} on {number}").format(
            line=self.urgent_line, number=self.urgent_number
        )

    @cached_property
    def stylesheet(self) -> str:
        """The owner's colour as the tokens of ``tokens.css``; empty where it is ours."""
        if not colour.is_colour(self.accent):
            return ""
        dark = self.accent_dark or colour.readable(self.accent, colour.DARK_GROUNDS, colour.WHITE)
        tokens = {
            "accent": (self.accent, dark),
            "accent-strong": (colour.mix(self.accent, colour.BLACK, 0.3), _halfway(dark)),
            "on-accent": (colour.WHITE, colour.DARK_GROUNDS["paper"]),
            "accent-tint": (
                colour.tint_of(self.accent, colour.LIGHT_GROUNDS),
                colour.tint_of(dark, colour.DARK_GROUNDS),
            ),
        }
        lines = (f"--{name}:light-dark({a},{b})" for name, (a, b) in tokens.items())
        return f"@layer tokens{{:root{{{';'.join(lines)}}}}}\n"

    @cached_property
    def stylesheet_hash(self) -> str:
        """In the address of the stylesheet, so that browsers may keep it for good."""
        digest = hashlib.sha256(self.stylesheet.encode()).hexdigest()[:12]
        return digest if self.stylesheet else ""


def _halfway(dark: str) -> str:
    return colour.mix(dark, colour.WHITE, 0.5)


def _problem(chosen: str, grounds: dict[str, str], towards: str) -> str:
    """Why this colour cannot be used, and one near it that can; empty if all is well."""
    if not chosen:
        return ""
    if not colour.is_colour(chosen):
        return gettext("Write the colour as # and six digits, for example #5a2768.")
    ratio = colour.lowest(chosen, grounds)
    if ratio >= colour.TEXT:
        return ""
    if towards == colour.BLACK:
        text = gettext(
            "Too pale to read: %(ratio).1f to 1 on light ground, and text needs 7 to 1. "
            "Choose a darker shade, for example %(better)s."
        )
    else:
        text = gettext(
            "Too dark to read: %(ratio).1f to 1 on dark ground, and text needs 7 to 1. "
            "Choose a lighter shade, for example %(better)s."
        )
    return text % {"ratio": ratio, "better": colour.readable(chosen, grounds, towards)}

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from library.blocks.base import SourcesBlock, prose

STRENGTHS = [
    ("strong", _("Strong: several good studies agree")),
    ("moderate", _("Moderate: good studies, some doubt")),
    ("low", _("Low: few or small studies")),
    ("very-low", _("Very low: we are not sure")),
    ("expert", _("Expert opinion: not tested in studies")),
]


class CountBlock(blocks.IntegerBlock):
    """A form sends digits; compared with the number that is kept, they would look like a change."""

    def value_from_form(self, value: Any) -> Any:
        return int(value) if str(value).isdecimal() else value


class HowCommonBlock(blocks.StructBlock):
    """A share as "n in N", drawn and said in the same words."""

    n = CountBlock(min_value=0, label=_("How many"))
    of = CountBlock(min_value=1, max_value=1000, label=_("Out of"))
    who = blocks.CharBlock(max_length=160, label=_("Of whom"))
    text = blocks.CharBlock(max_length=240, label=_("What happens to them"))
    sources = SourcesBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["n"] > cleaned["of"]:
            message = _("The first number cannot be larger than the second.")
            raise StructBlockValidationError({"n": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "group"
        label = _("How common")
        template = "blocks/how_common.html"
        description = _("A number as “n in N”, with a picture of it.")


class EvidenceBlock(blocks.StructBlock):
    """What guidelines and studies say, and how sure they are."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    strength = blocks.ChoiceBlock(choices=STRENGTHS, label=_("How strong is the evidence"))
    text = prose(label=_("What it says"))
    sources = SourcesBlock()

    class Meta:
        icon = "clipboard-list"
        label = _("Evidence")
        template = "blocks/evidence.html"
        description = _("What guidelines and studies say.")


class MythBlock(blocks.StructBlock):
    """Something people believe, and what is known instead."""

    myth = blocks.CharBlock(max_length=160, label=_("Myth"))
    fact = prose(label=_("Fact"))
    sources = SourcesBlock()

    class Meta:
        icon = "help"
        label = _("Myth and fact")
        template = "blocks/myth.html"
        description = _("A common belief, and the fact.")


class CautionBlock(blocks.StructBlock):
    """Who should not take a medicine or have a treatment, and what it does not go with."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = prose(label=_("Who should not, and what it does not go with"))
    sources = SourcesBlock()

    class Meta:
        icon = "warning"
        label = _("Caution")
        template = "blocks/caution.html"
        description = _("Who should not take it, and interactions.")

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.blocks.base import SourcesBlock, prose

CARE_LEVELS = [
    ("emergency", _("Emergency: call an ambulance now")),
    ("urgent", _("Urgent: be seen today")),
    ("soon", _("Soon: see a doctor or physiotherapist in days to weeks")),
    ("self_care", _("Self-care")),
]


class CareCardBlock(blocks.StructBlock):
    """Says how soon to get help. The level is said in words too, never by colour alone."""

    level = blocks.ChoiceBlock(choices=CARE_LEVELS, label=_("How soon"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = prose(label=_("What to watch for, what to do"))
    sources = SourcesBlock()

    class Meta:
        icon = "warning"
        label = _("Care card")
        template = "blocks/care_card.html"
        description = _("When to get help, and how soon.")


class StopCardBlock(blocks.StructBlock):
    """Stands before an exercise: when to stop it and get help."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = prose(label=_("Stop if"))
    sources = SourcesBlock()

    class Meta:
        icon = "warning"
        label = _("Stop card")
        template = "blocks/stop_card.html"
        description = _("When to stop an exercise and get help.")

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.blocks.base import SourcesBlock, prose
from library.blocks.figure import FigureChoiceBlock


def _lines(label: str | Promise, **kwargs: object) -> blocks.ListBlock:
    return blocks.ListBlock(prose(label=_("Line")), label=label, **kwargs)


class DoDontBlock(blocks.StructBlock):
    """What to do and what to leave, side by side."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    do = _lines(_("Do"), default=[])
    dont = _lines(_("Do not"), default=[])
    sources = SourcesBlock()

    class Meta:
        icon = "list-ul"
        label = _("Do and do not")
        template = "blocks/do_dont.html"
        description = _("Two short lists: do, and do not.")


class StepsBlock(blocks.StructBlock):
    """Numbered steps to follow in order."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    figure = FigureChoiceBlock(required=False, label=_("Figure"))
    steps = _lines(_("Steps"))
    sources = SourcesBlock()

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        description = _("Numbered steps, with a figure if it helps.")


class ExerciseBlock(blocks.StructBlock):
    """One exercise: how much of it, the picture, the steps."""

    title = blocks.CharBlock(max_length=120, label=_("Name"))
    dose = blocks.CharBlock(max_length=160, label=_("How much"))
    figure = FigureChoiceBlock(required=False, label=_("Figure"))
    steps = _lines(_("Steps"))
    sources = SourcesBlock()

    class Meta:
        icon = "list-ol"
        label = _("Exercise")
        template = "blocks/exercise.html"
        description = _("An exercise step by step. Put a stop card before it.")


class KeyFactsBlock(blocks.StructBlock):
    """The few facts to remember."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    facts = _lines(_("Facts"))
    sources = SourcesBlock()

    class Meta:
        icon = "key"
        label = _("Key facts")
        template = "blocks/key_facts.html"
        description = _("Three to five facts to remember.")

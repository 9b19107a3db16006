from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.figures import figure_choices


class FigureChoiceBlock(blocks.ChoiceBlock):
    """Picks one of the drawings in static/figures/, each of which has its long description."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", figure_choices)
        super().__init__(**kwargs)


class FigureBlock(blocks.StructBlock):
    """A drawing. Its title and long description come with it and cannot be left out."""

    figure = FigureChoiceBlock(label=_("Figure"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "blocks/figure.html"
        description = _("A drawing of the library, with its description.")

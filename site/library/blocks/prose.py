from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from library.blocks.base import SourcesBlock, prose


class ProseBlock(blocks.StructBlock):
    """A piece of text under an optional heading, closed by its sources."""

    heading = blocks.CharBlock(required=False, max_length=120, label=_("Heading"))
    smaller = blocks.BooleanBlock(
        required=False, label=_("A smaller heading, inside the section above")
    )
    text = prose(
        required=False,
        label=_("Text"),
        help_text=_("Empty where the heading stands over another block, for example over steps."),
    )
    sources = SourcesBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["heading"] and not strip_tags(cleaned["text"].source).strip():
            message = _("Write a text, or a heading for the block below.")
            raise StructBlockValidationError({"text": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/prose.html"
        preview_value = {"heading": _("What helps today"), "text": _("<p>Keep moving.</p>")}
        description = _("Paragraphs and lists under a heading.")

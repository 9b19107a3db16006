"""An editor can open any page of the starter library, change a word and save it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock

from library.blocks.prose import ProseBlock
from library.loader.fields import MODELS


@pytest.mark.django_db
def test_the_form_of_every_page_accepts_what_was_loaded(library: None) -> None:
    refused = {}
    for model in MODELS.values():
        for page in model.objects.live():
            try:
                page.body.stream_block.clean(page.body)
                page.full_clean()
            except ValidationError as error:
                refused[page.slug] = str(getattr(error, "block_errors", error))
    assert refused == {}


@pytest.mark.django_db
def test_a_look_in_the_editor_changes_no_word_of_what_was_loaded(library: None) -> None:
    """The loader writes rich text as the editor does: else each page saved there, untouched,
    would be a new version that nobody has signed.
    """
    changed = {}
    for model in MODELS.values():
        for page in model.objects.live():
            for block, text in rich_texts(page.body.stream_block, page.body):
                editor = block.field.widget.converter
                if text and editor.to_database_format(editor.from_database_format(text)) != text:
                    changed[page.slug] = text
    assert changed == {}


def rich_texts(block: Any, value: Any) -> Iterator[tuple[RichTextBlock, str]]:
    if isinstance(block, RichTextBlock):
        yield block, value.source
    elif isinstance(block, ListBlock):
        for item in value:
            yield from rich_texts(block.child_block, item)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from rich_texts(child, value[name])
    elif isinstance(block, StreamBlock):
        for child in value:
            yield from rich_texts(child.block, child.value)


@pytest.mark.parametrize(
    ("value", "fine"),
    [
        ({"heading": "How to do it", "text": ""}, True),
        ({"heading": "", "text": "<p>Go out.</p>"}, True),
        ({"heading": "", "text": "<p> </p>"}, False),
        ({"heading": "", "text": ""}, False),
    ],
)
def test_a_piece_of_text_has_words_or_a_heading(value: dict[str, Any], fine: bool) -> None:
    block = ProseBlock()
    given = block.to_python({"smaller": False, "sources": [], **value})
    if fine:
        block.clean(given)
    else:
        with pytest.raises(ValidationError):
            block.clean(given)

"""Two editors open their pages in the same moment: each gets the words of their own."""

import json

import pytest
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler
from wagtail.fields import RichTextField

from library.blocks import BodyBlock

MINE = "<p>Take <b>one</b> tablet.</p><ul><li>With food.</li></ul>"
OTHERS = "<h3>Never</h3><p>Drive home.</p>"


def widgets() -> list:
    """Of the two ways in which formatted text comes to the screen: a block, and a field."""
    block = BodyBlock().child_blocks["prose"].child_blocks["text"]
    return [block.field.widget, RichTextField().formfield().widget]


def words(shown: str) -> list[str]:
    return [block["text"] for block in json.loads(shown)["blocks"]]


@pytest.mark.parametrize("kind", [0, 1], ids=["block", "field"])
def test_another_text_between_two_tags_changes_nothing(
    kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a widget that shows another page's text while it is in the middle of mine
    widget, met = widgets()[kind], []
    real = HtmlToContentStateHandler.handle_starttag

    def meet(self: HtmlToContentStateHandler, name: str, attrs: list) -> None:
        real(self, name, attrs)
        if name == "b" and not met:
            met.append(True)
            met.append(words(widget.format_value(OTHERS)))

    monkeypatch.setattr(HtmlToContentStateHandler, "handle_starttag", meet)
    # When mine is shown
    mine = words(widget.format_value(MINE))
    # Then both are whole
    assert mine == ["Take one tablet.", "With food."]
    assert met[1] == ["Never", "Drive home."]

"""The editor of formatted text, for several people at once.

Wagtail keeps one parser for a field and all requests of a process. Two editors who open pages in
the same moment met in it: one of them got an error, or words of the other's page
(https://github.com/wagtail/wagtail/issues/14573).
"""

from copy import copy

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


class OneTextEach(ContentstateConverter):
    def from_database_format(self, html: str) -> str:
        """A parser of its own for each text; only the rules, which nothing changes, are shared."""
        alone = copy(self)
        alone.html_to_contentstate_handler = copy(self.html_to_contentstate_handler)
        return ContentstateConverter.from_database_format(alone, html)


class RichTextArea(DraftailRichTextArea):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.converter = OneTextEach(self.features)

"""Parts that several blocks share."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

PROSE_FEATURES = ["bold", "ol", "ul", "link"]


class SourceChooserBlock(SnippetChooserBlock):
    """Chooses a source without asking the database for it while a page is being read.

    A page may cite dozens of sources in blocks of ten kinds; Wagtail would fetch them kind by kind.
    Here a value is an instance that knows only its key; the page fetches all of them in one query
    (see ``library.reading``), and the admin, which needs one or two, loads them on demand.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("library.Source", **kwargs)

    def to_python(self, value: Any) -> Any:
        return None if value is None else self._deferred(value)

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        return [self.to_python(value) for value in values]

    def _deferred(self, pk: Any) -> Any:
        return self.model_class.from_db(None, [self.model_class._meta.pk.attname], [pk])


class SourcesBlock(blocks.ListBlock):
    """The sources that carry what a block says."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Sources"))
        kwargs.setdefault("help_text", _("Where this comes from. A clinical claim needs one."))
        kwargs.setdefault("default", [])
        kwargs.setdefault("min_num", 0)
        super().__init__(SourceChooserBlock(), **kwargs)


class ProseTextBlock(blocks.RichTextBlock):
    """Where nothing was written nothing is kept: the editor sends an empty paragraph, in which
    templates would see a text.
    """

    def value_from_form(self, value: str) -> RichText:
        return RichText(value if strip_tags(value).strip() else "")


def prose(**kwargs: Any) -> blocks.RichTextBlock:
    """Rich text with what patients need and no more: no heading levels, no colours."""
    return ProseTextBlock(features=PROSE_FEATURES, **kwargs)

"""The body field of every page."""

from typing import Any

from wagtail.fields import StreamField

from library.blocks import BodyBlock


class BodyField(StreamField):
    """A StreamField of our blocks whose definition stays out of migrations.

    Blocks are stored as JSON, so their definitions never change the schema; written into every
    migration they would grow it by thousands of lines that nobody can review.
    """

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(block_types or BodyBlock(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

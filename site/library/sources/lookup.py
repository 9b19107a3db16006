"""Looking a DOI up, by a function that the owner names. Off by default: nothing leaves the server.

``SOURCE_LOOKUP = "clinic.crossref.look_up"`` names a function that takes a DOI and returns a
``Found``, or None where no such DOI is registered. It may raise ``LookupUnavailable``, for instance
when its service does not answer in time; the source is then saved as it was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Found:
    """What a register knows of a DOI."""

    title: str
    year: int | None = None
    withdrawn: bool = False


class LookupUnavailable(Exception):  # noqa: N818 - says what is the matter, not that it is an error
    """The register could not be asked just now."""


def look_up() -> Callable[[str], Found | None] | None:
    """The owner's function, or None where none is named."""
    name: str = getattr(settings, "SOURCE_LOOKUP", "")
    return import_string(name) if name else None

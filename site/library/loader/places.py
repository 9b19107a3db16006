"""Where the content file of a page stands that an editor has made in the CMS."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from library.loader.fields import TYPES
from library.loader.library_files import LANGUAGE
from library.models import CausePage


def file_name(page: Any, placed: Mapping[int, str], pages: Sequence[Any]) -> str:
    """The folder follows the page above, as ``library_files.parent_of`` reads it.

    ``placed`` has the files of the pages before this one, ``pages`` all in the order of the tree.
    """
    kind = TYPES[type(page)]
    if kind == "home":
        return f"{LANGUAGE}/home.md"
    if kind in ("topic", "index"):
        return f"{LANGUAGE}/{page.slug}/{kind}.md"
    if kind == "info":
        return f"{LANGUAGE}/info/{page.slug}.md"
    above = next(
        other
        for other in pages
        if page.path.startswith(other.path) and other is not page and other.depth == page.depth - 1
    )
    folder = PurePosixPath(placed[above.pk]).parent
    if isinstance(page, CausePage):
        folder /= "causes" if page.is_main else "lookalikes"
    return str(folder / f"{page.slug}.md")

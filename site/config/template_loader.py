"""Reads this project's own templates without their indentation."""

import re
from typing import Any

from django.template.base import Origin
from django.template.loaders import filesystem

FILES = "django.template.loaders.filesystem.Loader"
APPS = "django.template.loaders.app_directories.Loader"
_BREAK = re.compile(r"\s*\n\s*")


def loaders(as_written: bool) -> list[Any]:
    """For ``TEMPLATES``. While developing an error page should name a line ``as_written``."""
    ours = FILES if as_written else f"{__name__}.Loader"
    return [("django.template.loaders.cached.Loader", [ours, APPS])]


class Loader(filesystem.Loader):
    """Indentation is for those who write templates; readers would pay for it with every page (2 in
    100 of its compressed bytes). A line break stays one, so no two words ever run together.
    """

    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        return _BREAK.sub("\n", contents) if origin.name.endswith(".html") else contents

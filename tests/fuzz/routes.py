"""Every address that the URLconf knows, so that a new view is attacked without being named here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Route:
    """An address with holes, as ``feedback/%(page_id)s/``."""

    template: str
    holes: tuple[str, ...]

    def filled(self, values: dict[str, str]) -> str:
        text = re.sub(r"%\((\w+)\)s", lambda hole: values[hole[1]], self.template)
        return "/" + text.replace("%%", "%").lstrip("/")

    @property
    def is_public(self) -> bool:
        return not f"/{self.template}".startswith(tuple(settings.RELAXED_POLICY))


def routes() -> list[Route]:
    return list(dict.fromkeys(_walk(get_resolver(), "")))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        regex = before + _regex(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, regex)
        elif isinstance(entry, URLPattern):
            for template, holes in normalize(regex):
                yield Route(template, tuple(holes))


def _regex(pattern: Any) -> str:
    return str(pattern.regex.pattern).removeprefix("^").replace("\\Z", "").removesuffix("$")

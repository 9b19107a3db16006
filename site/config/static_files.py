"""One stylesheet for the reader, many small ones for us.

``static/css/site.css`` imports one file a component, which a browser loads as it is in development.
Loaded that way for real, the reader would wait for one more round trip. So when static files are
collected, comments and needless space go, and each ``@import url("x.css") layer(y);`` becomes
``@layer y { …the file… }``.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_COMMENT_OR_SPACE = re.compile(_STRING + r"|(?:/\*.*?\*/|\s)+", re.DOTALL)
#: Space beside these means nothing, nor does the semicolon before a brace.
_SPACED = re.compile(_STRING + r"|;? ?(}) ?| ?([{;,]) ?|(?<=[\w-])(:) ")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+url\(\s*["']?([^"')]+)["']?\s*\)([^;]*);""")
_LAYER = re.compile(r"\blayer\(\s*([\w.-]+)\s*\)")
_RELATIVE_URL = re.compile(r"""url\(\s*(["']?)(?![a-z]+:|[/#"'])""")


def bundle(name: str, read: Callable[[str], str]) -> str:
    """The stylesheet ``name`` with every file that it imports written into it."""
    folder = posixpath.dirname(name)

    def inline(match: re.Match[str]) -> str:
        address, conditions = match.groups()
        text = read(posixpath.normpath(posixpath.join(folder, address)))
        if _IMPORT.search(_COMMENT.sub("", text)):
            raise ValueError(f"{address} has an @import of its own: only {name} may import files")
        below = posixpath.dirname(address)
        if below:
            text = _RELATIVE_URL.sub(rf"url(\g<1>{below}/", text)
        return _wrapped(text.strip(), conditions)

    return _IMPORT.sub(inline, _COMMENT.sub("", read(name)))


def smaller(text: str) -> str:
    """A stylesheet without comments and needless space: a phone need not fetch and read them."""
    text = _COMMENT_OR_SPACE.sub(lambda match: match[1] or " ", text)
    return _SPACED.sub(lambda match: "".join(filter(None, match.groups())), text).strip()


def _wrapped(text: str, conditions: str) -> str:
    layer = _LAYER.search(conditions)
    media = _LAYER.sub("", conditions).strip()
    if layer:
        text = f"@layer {layer[1]} {{\n{text}\n}}"
    return f"@media {media} {{\n{text}\n}}" if media else text


class _InMemory(Storage):
    """Stands in for the place a file came from, when what we want of it is its bundled text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(self.text.encode(), name)


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's hashed and compressed files, with the stylesheets joined before hashing."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if BUNDLE in paths:

            def read(name: str) -> str:
                if name not in paths:
                    raise ValueError(f"{BUNDLE} imports {name}, which is not a static file")
                storage, path = paths[name]
                with storage.open(path) as file:
                    return str(file.read().decode())

            paths = {**paths, BUNDLE: (_InMemory(smaller(bundle(BUNDLE, read))), BUNDLE)}
        yield from super().post_process(paths, **options)

"""Leaves out, while the server loads, what other packages load and this site never uses.

Some libraries take whatever else is installed, and Wagtail registers its third API in every site,
served or not. Together that is a quarter of the start and a fifth of the memory. Nothing is
forbidden: once the site is loaded, each can be imported as usual.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from re import compile as pattern
from types import ModuleType, SimpleNamespace
from typing import Any

#: Each is asked for by ``try: import``, and its absence is provided for: HEIF pictures (refused as
#: uploads), and sides of djangorestframework and of Django that no site shows. The last three are
#: there only where the tests are.
OPTIONAL = ("pillow_heif", "jinja2", "pygments", "yaml")
#: Asked for in the same way, and needed where the site stands on PostgreSQL.
POSTGRESQL = ("psycopg",)
#: Needed where an nginx in front is told of changes: Wagtail's module for that wants them at once.
FRONT = ("requests", "charset_normalizer")
#: What says to Wagtail's third API which addresses there are; pydantic comes with it.
_API = pattern(r"wagtail\.api\.v3\.api|wagtail(\.\w+)+\.api\.v3(\.\w+)?")


class _NoApi(MetaPathFinder, Loader):
    """Takes what Wagtail's apps register when they are ready, and does nothing with it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if _API.fullmatch(fullname) else None

    def exec_module(self, module: Any) -> None:
        module.api = SimpleNamespace(add_router=lambda *_: None)
        module.router = None
        module.register_content_types = lambda: None


@contextmanager
def loading(postgresql: bool, front: bool) -> Iterator[None]:
    """What is imported in this block is imported without them."""
    unused = [*OPTIONAL, *(() if postgresql else POSTGRESQL), *(() if front else FRONT)]
    hidden = [name for name in unused if name not in sys.modules]
    finder = _NoApi()
    sys.modules.update(dict.fromkeys(hidden))
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in hidden:
            del sys.modules[name]

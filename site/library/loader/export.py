"""Writes the library back to content files, so that work in the CMS can be reviewed there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail.models import Page

from library.loader.body_text import Names
from library.loader.fields import MODELS
from library.loader.library_files import LibraryFiles, read_library
from library.loader.ordering import orders
from library.loader.page_file import read_page
from library.loader.page_text import page_text
from library.loader.pages import KIND
from library.loader.places import file_name
from library.loader.problems import ContentError, Problem
from library.loader.snippet_text import glossary_text, sources_text, synonyms_text
from library.models import Source
from library.models.loaded import LoadedItem

NEW, CHANGED, UNCHANGED, REMOVED = "new file", "changed", "unchanged", "removed"
LEFT = "not published, its file is left as it is"


@dataclass
class Export:
    """What an export would write (file name → text), and what it did with each file."""

    base: Path
    files: LibraryFiles
    texts: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return any(self.outcomes[outcome] for outcome in (NEW, CHANGED, REMOVED))


def export_library(base: Path, to: Path, *, write: bool = True) -> Export:
    """Write pages, sources and glossary to ``to``, each in the place that it has in ``base``.

    Only published words are written. Raises ContentError where ``base`` itself cannot be read.
    """
    export = Export(base, read_library(base))
    slugs = {item.object_id: item.key for item in LoadedItem.objects.filter(kind=KIND)}
    pages = _published()
    names = _names(pages, slugs)
    export.texts = {
        **dict(_page_texts(export, pages, names, slugs)),
        "sources.toml": sources_text(base),
        "glossary.toml": glossary_text(base, names),
        "synonyms.toml": synonyms_text(base),
    }
    export.texts = {name: text for name, text in export.texts.items() if text.strip()}
    for name, text in sorted(export.texts.items()):
        _put(export, to, name, text, write=write)
    _sweep(export, to, slugs, write=write)
    export.problems = list(_problems(export))
    return export


def _problems(export: Export) -> Iterator[Problem]:
    """What a file must have and a page lacks: the loader would refuse the files as they now are."""
    for name, text in export.texts.items():
        if name.endswith(".md"):
            try:
                read_page(name, text)
            except ContentError as error:
                yield from error.problems


def _published() -> list[Any]:
    """Every live page of ours, in the order of the tree."""
    pages = [page for model in MODELS.values() for page in model.objects.live()]
    return sorted(pages, key=lambda page: page.path)


def _names(pages: list[Any], slugs: dict[int, str]) -> Names:
    """Addresses of published pages, and of those that keep the file they came from."""
    kept = dict(Page.objects.filter(pk__in=slugs).values_list("pk", "slug"))
    return Names(
        pages={**kept, **{page.pk: page.slug for page in pages}},
        sources=dict(Source.objects.values_list("pk", "key")),
    )


def _page_texts(
    export: Export, pages: list[Any], names: Names, slugs: dict[int, str]
) -> Iterator[tuple[str, str]]:
    by_slug = export.files.by_slug()
    known = {pk: by_slug[slug].name for pk, slug in slugs.items() if slug in by_slug}
    placed: dict[int, str] = {}
    for page in pages:
        placed[page.pk] = known.get(page.pk) or file_name(page, placed, pages)
    given = {page.name: page.front["order"] for page in export.files.pages}
    order = orders(pages, placed, given)
    for page in pages:
        yield placed[page.pk], page_text(page, names, order[page.pk])


def _put(export: Export, to: Path, name: str, text: str, *, write: bool) -> None:
    path, before = to / name, _read(export.base / name)
    outcome = UNCHANGED if before == text else CHANGED if before is not None else NEW
    export.outcomes[outcome].append(name)
    if write and _read(path) != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _sweep(export: Export, to: Path, slugs: dict[int, str], *, write: bool) -> None:
    """Files whose page an editor has deleted go; files of pages that are not live stay."""
    there = set(Page.objects.filter(pk__in=slugs).values_list("pk", flat=True))
    deleted = {slug for pk, slug in slugs.items() if pk not in there}
    for page in export.files.pages:
        if page.name in export.texts:
            continue
        export.outcomes[REMOVED if page.slug in deleted else LEFT].append(page.name)
        if page.slug in deleted and write:
            (to / page.name).unlink(missing_ok=True)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None

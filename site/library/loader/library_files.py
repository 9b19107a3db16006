"""The whole content folder, read and checked before anything changes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.figures import Figure
from library.loader.body import Known, read_body
from library.loader.fields import MODELS, refused
from library.loader.links import resolver
from library.loader.page_file import PageFile, read_page
from library.loader.problems import ContentError, Problem
from library.loader.snippet_files import missing_pages, read_figures, read_sources, read_terms
from library.loader.synonym_file import read_synonyms

LANGUAGE = "en"
#: Lists of slugs in the front matter → the type of page that they must name.
RELATIONS = {"tips": "tip", "treatments": "treatment", "lookalikes": "cause"}
_BELOW_HOME = ("topic", "index", "info")
_IN_FILE = {"search_description": "description"}
_TYPES = list(MODELS)


@dataclass(frozen=True)
class LibraryFiles:
    """What the files hold. Everything in it refers to something that is there."""

    sources: Mapping[str, Mapping[str, Any]]
    terms: Mapping[str, Mapping[str, Any]]
    figures: Mapping[str, Figure]
    pages: tuple[PageFile, ...]
    synonyms: Mapping[str, Mapping[str, Any]]

    def by_slug(self) -> dict[str, PageFile]:
        return {page.slug: page for page in self.pages}

    def in_order(self) -> list[PageFile]:
        """Pages above before those below; beside each other in the order that readers meet them."""
        return sorted(self.pages, key=lambda page: (_TYPES.index(page.type), *place(page)))


def place(page: PageFile) -> tuple[int, str]:
    """Where a page stands among its sisters."""
    return page.front["order"], page.name


def read_library(root: Path) -> LibraryFiles:
    """Read and check everything below ``root``. Raises ContentError with every problem found.

    Asks no database: ``load_content --check`` runs where there is none.
    """
    problems: list[Problem] = []
    sources = read_sources(root, problems)
    terms = read_terms(root, problems)
    drawings = read_figures(root, LANGUAGE, problems)
    synonyms = read_synonyms(root, problems)
    pages = tuple(_pages(root, problems))
    if problems:  # what they refer to cannot be judged before they can be read
        raise ContentError(problems)
    files = LibraryFiles(sources, terms, drawings, pages, synonyms)
    problems += missing_pages(root, terms, files.by_slug())
    problems += _tree_problems(files)
    for page in pages:
        problems += _page_problems(page, files)
    if problems:
        raise ContentError(problems)
    return files


def _pages(root: Path, problems: list[Problem]) -> Iterator[PageFile]:
    for path in sorted((root / LANGUAGE).rglob("*.md")):
        name = path.relative_to(root).as_posix()
        try:
            yield read_page(name, path.read_text(encoding="utf-8"))
        except ContentError as error:
            problems += error.problems
        except UnicodeDecodeError:
            problems.append(Problem(name, 0, "not readable as UTF-8 text"))


def _tree_problems(files: LibraryFiles) -> Iterator[Problem]:
    """One home; no two pages of one slug, no two causes of one key."""
    homes = [page for page in files.pages if page.type == "home"]
    if not homes:
        yield Problem(LANGUAGE, 0, "there is no page of type “home”")
    for page in homes[1:]:
        yield page.problem("type", "there is a home page already")
    slugs = Counter(page.slug for page in files.pages)
    keys = Counter(page.front.get("key") for page in files.pages)
    for page in files.pages:
        if slugs[page.slug] > 1:
            yield page.problem("slug", f"the slug “{page.slug}” is used by another page too")
        if page.type == "cause" and keys[page.front["key"]] > 1:
            key = page.front["key"]
            yield page.problem("key", f"the key “{key}” is used by another page too")


def _page_problems(page: PageFile, files: LibraryFiles) -> Iterator[Problem]:
    for field, reason in refused(page).items():
        name = _IN_FILE.get(field, field)
        yield page.problem(name, f"{name}: {reason}")
    yield from _relation_problems(page, files)
    if page.type != "home" and parent_of(page, files) is None:
        yield Problem(page.name, 0, f"no page in its folder can hold a {page.type} page")
    known = Known(
        sources=dict.fromkeys(files.sources, 0),
        figures=files.figures.keys(),
        resolve=resolver(dict.fromkeys(files.by_slug(), 0), files.terms),
    )
    try:
        read_body(page, known)
    except ContentError as error:
        yield from error.problems


def _relation_problems(page: PageFile, files: LibraryFiles) -> Iterator[Problem]:
    by_slug = files.by_slug()
    keys = {other.front["key"] for other in files.pages if other.type == "cause"}
    for key in page.names("care"):
        if key not in keys:
            yield page.problem("care", f"care: no cause page has the key “{key}”")
    for name, wanted in RELATIONS.items():
        slugs = page.names(name)
        for slug in slugs:
            target = by_slug.get(slug)
            if target is None or target.type != wanted or target is page:
                yield page.problem(name, f"{name}: there is no other {wanted} page “{slug}”")
        for slug, count in Counter(slugs).items():
            if count > 1:
                yield page.problem(name, f"{name}: “{slug}” stands twice")


def parent_of(page: PageFile, files: LibraryFiles) -> PageFile | None:
    """The page above this one: the index of its folder, the topic of the folder above, or home."""
    if page.type == "home":
        return None
    if page.type in _BELOW_HOME:
        return next((other for other in files.pages if other.type == "home"), None)
    wanted = "topic" if page.type == "cause" else "index"
    folder = page.folder[:-1] if page.type == "cause" else page.folder
    return next((p for p in files.pages if p.type == wanted and p.folder == folder), None)

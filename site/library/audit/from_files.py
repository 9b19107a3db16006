"""The library of a content folder, for the audit. Asks no database."""

from pathlib import Path

from library.audit.library import Library, SourceNote, Term
from library.audit.pages import AuditPage, Names, blocks_of, not_compared
from library.audit.red_flags import read_red_flags
from library.blocks import BodyBlock
from library.loader.body import Known, read_body
from library.loader.library_files import RELATIONS, LibraryFiles, read_library
from library.loader.links import resolver
from library.loader.page_file import PageFile

_FIELDS = ("key", "role", "kind", "lists", "strength", "works_calf")
_BODY = BodyBlock()


def library_from_files(root: Path) -> Library:
    """Raises ContentError where a file cannot be read."""
    files = read_library(root)
    page_ids = {page.slug: pk for pk, page in enumerate(files.pages, start=1)}
    source_ids = {key: pk for pk, key in enumerate(files.sources, start=1)}
    known = Known(source_ids, files.figures.keys(), resolver(page_ids, files.terms))
    names = Names(
        {pk: slug for slug, pk in page_ids.items()}, {pk: k for k, pk in source_ids.items()}
    )
    return Library(
        pages=tuple(_page(page, known, names) for page in files.in_order()),
        terms=_terms(files),
        sources={
            key: SourceNote(
                key, row["confidence"], row["kind"], row.get("doi", ""), row.get("url", "")
            )
            for key, row in files.sources.items()
        },
        figures=files.figures,
        red_flags=read_red_flags(root),
    )


def _page(page: PageFile, known: Known, names: Names) -> AuditPage:
    front = page.front
    own = [front["key"]] if page.type == "cause" else []
    return AuditPage(
        name=page.name,
        kind=page.type,
        slug=page.slug,
        title=front["title"],
        answer=front["answer"],
        description=front["description"],
        other_names=tuple(page.names("also_known_as")),
        care=tuple(dict.fromkeys([*own, *page.names("care")])),
        blocks=blocks_of(_BODY.to_python(read_body(page, known)), names),
        relations={name: tuple(page.names(name)) for name in RELATIONS if page.names(name)},
        fields={name: front[name] for name in _FIELDS if front.get(name)}
        | {"not_compared": not_compared(front.get("role"), front.get("compare", {}))},
    )


def _terms(files: LibraryFiles) -> dict[str, Term]:
    return {
        key: Term(key, (row["term"], *row.get("also", [])), row["definition"], row.get("page", ""))
        for key, row in files.terms.items()
    }

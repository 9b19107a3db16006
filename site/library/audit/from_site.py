"""The library as it is on the site, for the audit: what editors have published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from library.audit.library import Library, SourceNote, Term
from library.audit.pages import AuditPage, Names, blocks_of, not_compared
from library.audit.red_flags import read_red_flags
from library.figures import figures
from library.loader.fields import MODELS, OWN_FIELDS, TYPES
from library.models import (
    CauseLookalike,
    CausePage,
    CauseTip,
    CauseTreatment,
    GlossaryTerm,
    Source,
)
from review.status import with_review

RELATIONS: dict[str, tuple[str, str, type[models.Model]]] = {
    "tips": ("tip_links", "tip_id", CauseTip),
    "treatments": ("treatment_links", "treatment_id", CauseTreatment),
    "lookalikes": ("lookalike_links", "lookalike_id", CauseLookalike),
}


def library_from_site() -> Library:
    """Every live page. Queries for each kind of page and relation, not for each page."""
    pages = [page for model in MODELS.values() for page in _live(model)]
    names = site_names()
    signs, related = _all_signs(), _all_relations(names)
    return Library(
        pages=tuple(
            _audit_page(page, names, signs.get(page.pk, []), related.get(page.pk, {}))
            for page in pages
        ),
        terms={term.key: term_note(term, names) for term in GlossaryTerm.objects.all()},
        sources={source.key: source_note(source) for source in Source.objects.all()},
        figures=figures(),
        red_flags=read_red_flags(Path(settings.CONTENT_DIR)),
    )


def site_names() -> Names:
    """What live pages and sources are called."""
    slugs = {
        pk: slug
        for model in MODELS.values()
        for pk, slug in model.objects.live().values_list("pk", "slug")
    }
    return Names(slugs, dict(Source.objects.values_list("pk", "key")))


def _live(model: Any) -> Any:
    return with_review(model.objects.live()).order_by("path")


def _due(page: Any) -> Any:
    """When its next review is due: fetched with all pages, or asked for the one at hand."""
    return page.review_due if hasattr(page, "review_due") else page.review_status.next_review


def audit_page(page: Any, names: Names) -> AuditPage:
    """One page, published or a draft that an editor is looking at."""
    related: dict[str, tuple[str, ...]] = {}
    if isinstance(page, CausePage):
        for name, (relation, target, _model) in RELATIONS.items():
            ids = [getattr(row, target) for row in getattr(page, relation).all()]
            related[name] = tuple(_called(pk, names) for pk in ids)
    return _audit_page(page, names, [cause.key for cause in page.care.all()], related)


def _audit_page(
    page: Any, names: Names, signs: Iterable[str], related: Mapping[str, tuple[str, ...]]
) -> AuditPage:
    kind = TYPES[type(page)]
    own = [page.key] if kind == "cause" else []
    return AuditPage(
        name=page.slug,
        kind=kind,
        slug=page.slug,
        title=page.title,
        answer=page.answer,
        description=page.search_description,
        other_names=tuple(page.other_names),
        care=tuple(key for key in dict.fromkeys([*own, *signs]) if key),
        blocks=blocks_of(page.body, names),
        relations=related,
        fields={
            **{name: getattr(page, name) for name in OWN_FIELDS.get(kind, ())},
            "next_review": _due(page),
            "not_compared": not_compared(getattr(page, "role", ""), vars(page)),
        },
    )


def _all_signs() -> dict[int, list[str]]:
    """Primary key of a page → keys of the causes whose urgent signs open it."""
    found: dict[int, list[str]] = defaultdict(list)
    for model in MODELS.values():
        field: Any = model._meta.get_field("care")
        page, cause = field.m2m_column_name(), field.m2m_reverse_name()
        through = field.remote_field.through._default_manager
        keys = dict(CausePage.objects.order_by("path").values_list("pk", "key"))
        rows = through.values_list(page, cause)
        for page_id, cause_id in sorted(rows, key=lambda row: list(keys).index(row[1])):
            found[page_id].append(keys[cause_id])
    return found


def _all_relations(names: Names) -> dict[int, dict[str, tuple[str, ...]]]:
    """Primary key of a cause → the pages that it names, by relation."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, (_relation, target, model) in RELATIONS.items():
        for page_id, other_id in model._default_manager.values_list("page_id", target):
            named = found[page_id].get(name, ())
            found[page_id][name] = (*named, _called(other_id, names))
    return found


def _called(pk: int, names: Names) -> str:
    return names.pages.get(pk, f"page {pk}, not published")


def term_note(term: GlossaryTerm, names: Names) -> Term:
    slug = names.pages.get(term.page_id or 0, "")
    return Term(term.key, (term.term, *term.other_names), term.definition, slug)


def source_note(source: Source) -> SourceNote:
    return SourceNote(source.key, source.confidence, source.kind, source.doi, source.url)

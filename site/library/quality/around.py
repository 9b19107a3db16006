"""What a page is checked against: the few others that it names or that name it.

The checks know a whole library. Of a large one that would be a hundred megabytes in every worker,
read anew after each publishing. A page's findings follow from its neighbours alone, so only they
are looked up, without their bodies: in the same few queries for one page as for fifty.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.models import Page

from library.audit.from_site import RELATIONS, source_note, term_note
from library.audit.library import Library
from library.audit.pages import AuditPage, Names
from library.audit.red_flags import read_red_flags
from library.body import references
from library.figures import figures
from library.lines import split_lines
from library.loader.fields import TYPES
from library.models import CausePage, GlossaryTerm, Source, TreatmentPage
from library.search.words import words

Relations = dict[int, dict[str, tuple[str, ...]]]


def around(pages: Iterable[Any]) -> tuple[Library, Names]:
    """The library as these pages (drafts too) meet it, and what their neighbours are called."""
    drafts = list(pages)
    linked, cited = _named_by(drafts)
    naming = _naming(drafts)
    keyed = CausePage.objects.live().exclude(key="").values_list("pk", "key")
    keys = dict(keyed)
    own = {draft.pk for draft in drafts}
    wanted = linked | set(naming) | set(keys) | own
    rows = Page.objects.live().filter(pk__in=wanted).select_related("content_type")
    neighbours = list(rows.only("slug", "title", "content_type"))
    sources = list(Source.objects.filter(pk__in=cited))
    names = Names({p.pk: p.slug for p in neighbours}, {s.pk: s.key for s in sources})
    slugs = dict(names.pages) | {draft.pk: draft.slug for draft in drafts}
    near = [_light(page, naming.get(page.pk, {}), keys, slugs) for page in neighbours]
    library = Library(
        pages=(*filter(None, near), *_medicines(drafts)),
        terms={term.key: term_note(term, names) for term in GlossaryTerm.objects.all()},
        sources={source.key: source_note(source) for source in sources},
        figures=figures(),
        red_flags=read_red_flags(Path(settings.CONTENT_DIR)),
    )
    return library, names


def _named_by(drafts: Sequence[Any]) -> tuple[set[int], set[int]]:
    """Pages that the drafts link to or relate to, and sources that they cite."""
    linked: set[int] = set()
    cited: set[int] = set()
    for draft in drafts:
        for model, pk in references(draft.body):
            (cited if model is Source else linked).add(int(pk))
        for relation, target, _model in RELATIONS.values() if isinstance(draft, CausePage) else ():
            linked |= {getattr(row, target) for row in getattr(draft, relation).all()}
    return linked, cited


def _naming(drafts: Sequence[Any]) -> dict[int, dict[str, list[int]]]:
    """Causes that name one of these pages, and by which relation."""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    keys = [draft.pk for draft in drafts if draft.pk]
    for name, (_relation, target, model) in RELATIONS.items():
        rows = model._default_manager.filter(**{f"{target}__in": keys})
        for page_id, other_id in rows.values_list("page_id", target):
            found[page_id][name].append(other_id)
    return found


def _light(
    page: Page, naming: dict[str, list[int]], keys: dict[int, str], slugs: dict[int, str]
) -> AuditPage | None:
    model: Any = page.content_type.model_class()
    if model not in TYPES:
        return None
    relations = {
        name: tuple(slugs[pk] for pk in named if pk in slugs) for name, named in naming.items()
    }
    return AuditPage(
        name=page.slug,
        kind=TYPES[model],
        slug=page.slug,
        title=page.title,
        answer="",
        description="",
        relations=relations,
        fields={"key": keys.get(page.pk, "")},
    )


def _medicines(drafts: Sequence[Any]) -> Iterable[AuditPage]:
    """Medicines whose names stand in the drafts: long words that a reader can look up."""
    spoken = {word for draft in drafts for word in words(_text(draft))}
    medicines = TreatmentPage.objects.live().filter(kind=TreatmentPage.Kind.MEDICINE)
    rows = medicines.values_list("slug", "title", "also_known_as")
    for slug, title, also in rows.iterator():
        names = tuple(n for n in split_lines(also) if spoken.issuperset(words(n)))
        if names or spoken.issuperset(words(title)):
            yield AuditPage(
                name=slug,
                kind="treatment",
                slug=slug,
                title=title,
                answer="",
                description="",
                other_names=names,
                fields={"kind": "medicine"},
            )


def _text(draft: Any) -> str:
    return f"{draft.title} {draft.answer} " + " ".join(
        draft.body.stream_block.get_searchable_content(draft.body)
    )

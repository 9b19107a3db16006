"""Writes a made-up library as the site would, but thousands of rows at a time.

Saved one by one, ten thousand pages take the better part of an hour, nearly all of it bookkeeping.
Here the same rows are made in bulk: pages, versions, relations, references, the search index.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from library.figures import figure_choices
from library.growth.bodies import Bodies
from library.growth.models_of import fields_of, model_of
from library.growth.plan import MARK, Planned, plan
from library.growth.tree import write_tree
from library.growth.words import Vocabulary
from library.models import CauseLookalike, CausePage, CauseTip, CauseTreatment, Source
from library.models.clinical_page import ClinicalPage

SOURCE = "MADE-UP-"
_AT_ONCE = 250
_NEAR = 40
_RELATIONS: dict[str, tuple[type[Any], str, set[str]]] = {
    "tip_links": (CauseTip, "tip_id", {"habit", "exercise"}),
    "treatment_links": (CauseTreatment, "treatment_id", {"medicine", "procedure", "care"}),
    "lookalike_links": (CauseLookalike, "lookalike_id", {"look-alike"}),
}
_EACH = 4


@transaction.atomic
def grow(home: Page, pages: int, seed: int, say: Callable[[int], None] = lambda done: None) -> None:
    """Add so many made-up pages below ``home``. The same seed gives the same library."""
    random = Random(seed)  # noqa: S311 - for words, not for secrets
    vocabulary = Vocabulary(random, size=2 * pages)
    planned = plan(pages, vocabulary)
    now = timezone.now()
    write_tree(home, planned, random, now)
    writer = _Writer(planned, vocabulary, _sources(vocabulary, 10 + pages // 20))
    done = 0
    for batch in _batches(planned):
        writer.write(batch, now)
        done += len(batch)
        say(done)


def _batches(planned: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Pages of one type, so that one statement takes them all."""

    def type_name(page: Planned) -> str:
        return model_of(page.kind).__name__

    for _name, pages in groupby(sorted(planned, key=type_name), key=type_name):
        group = list(pages)
        for start in range(0, len(group), _AT_ONCE):
            yield group[start : start + _AT_ONCE]


def _sources(vocabulary: Vocabulary, number: int) -> list[int]:
    made = [
        Source(
            key=f"{SOURCE}{n}",
            kind=Source.Kind.REVIEW,
            title=f"{vocabulary.rare().capitalize()}, a source that is {MARK}",
            year=2000 + n % 25,
            says=vocabulary.sentence(),
        )
        for n in range(number)
    ]
    return [source.pk for source in Source.objects.bulk_create(made)]


class _Writer:
    def __init__(
        self, planned: Sequence[Planned], vocabulary: Vocabulary, sources: Sequence[int]
    ) -> None:
        self.planned, self.random = planned, vocabulary.random
        figures = [str(name) for name, _label in figure_choices() if name]
        self.bodies = Bodies(vocabulary, sources, figures)
        self.signs = list(CausePage.objects.exclude(key="").order_by("path"))
        self.base = ContentType.objects.get_for_model(Page)
        self.of_kind = {
            name: [page for page in planned if page.kind in kinds]
            for name, (_model, _target, kinds) in _RELATIONS.items()
        }

    def write(self, batch: Sequence[Planned], now: datetime) -> None:
        rows = Page.objects.in_bulk([page.pk for page in batch])
        made = [self._page(page, rows[page.pk]) for page in batch]
        _insert_own_columns(made)
        self._relate(made)
        _index(made)
        self._remember(made, now)

    def _page(self, page: Planned, row: Page) -> Any:
        near = self.planned[max(0, page.number - _NEAR) : page.number + _NEAR]
        made: Any = model_of(page.kind)(
            **{field.attname: getattr(row, field.attname) for field in Page._meta.concrete_fields},
            page_ptr_id=row.pk,
            answer=self.bodies.answer(),
            also_known_as=self.bodies.names(),
            **fields_of(page.kind),
        )
        if isinstance(made, CausePage):
            made.__dict__.update(self.bodies.signs())
        blocks = made._meta.get_field("body").stream_block
        made.body = blocks.to_python(self.bodies.body(page, near))
        return made

    def _relate(self, made: Sequence[ClinicalPage]) -> None:
        """Rows first: what refers to them (versions, the reference index) holds their keys."""
        if isinstance(made[0], CausePage):
            for name, (model, target, _kinds) in _RELATIONS.items():
                links = model._default_manager.bulk_create(
                    model(page=page, sort_order=n, **{target: other.pk})
                    for page in made
                    for n, other in enumerate(self._others(name, page.pk))
                )
                for page, own in groupby(links, key=lambda link: link.page):
                    setattr(page, name, list(own))
        self._tick_signs(made)

    def _others(self, name: str, pk: int) -> list[Planned]:
        """A few pages of one stretch of the library, as the relations of real pages are."""
        among = self.of_kind[name]
        start = pk * 7 % max(1, len(among) - 3 * _EACH)
        chosen = self.random.sample(among[start : start + 3 * _EACH], k=min(_EACH, len(among)))
        return [page for page in chosen if page.pk != pk]

    def _tick_signs(self, made: Sequence[Any]) -> None:
        if not self.signs:
            return
        field: Any = made[0]._meta.get_field("care")
        through = field.remote_field.through
        page_id, cause_id = field.m2m_column_name(), field.m2m_reverse_name()
        ticks = []
        for page in made:
            signs = self.random.sample(self.signs, k=min(2, len(self.signs)))
            page.care = signs
            ticks += [through(**{page_id: page.pk, cause_id: cause.pk}) for cause in signs]
        through.objects.bulk_create(ticks)

    def _remember(self, made: Sequence[Any], now: datetime) -> None:
        """What refers to what, and the version that readers see."""
        kind = ContentType.objects.get_for_model(made[0])
        shared = {"content_type": kind, "base_content_type": self.base}
        ReferenceIndex.objects.bulk_create(_references(made, shared), batch_size=1000)
        Revision.objects.bulk_create(
            Revision(
                **shared,
                object_id=str(page.pk),
                created_at=now,
                object_str=page.title,
                content=page.serializable_data(),
            )
            for page in made
        )
        own = Revision.objects.filter(
            base_content_type=self.base, object_id=Cast(OuterRef("pk"), CharField())
        )
        version = Subquery(own.values("pk")[:1])
        pages = Page.objects.filter(pk__in=[page.pk for page in made])
        pages.update(live_revision_id=version, latest_revision_id=version)


def _insert_own_columns(made: Sequence[Any]) -> None:
    """The part of a page that its own type's table holds; Django's bulk_create refuses these."""
    model = type(made[0])
    fields = model._meta.local_concrete_fields
    at_once = max(1, connection.ops.bulk_batch_size(fields, made))
    for start in range(0, len(made), at_once):
        query = InsertQuery(model)
        query.insert_values(fields, list(made)[start : start + at_once])
        query.get_compiler(connection=connection).execute_sql()


def _index(made: Sequence[ClinicalPage]) -> None:
    model = type(made[0])
    for backend in get_search_backends():
        backend.get_index_for_model(model).add_items(model, made)


def _references(made: Sequence[Any], shared: dict[str, Any]) -> Iterator[ReferenceIndex]:
    for page in made:
        for kind, pk, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(page)
        ):
            yield ReferenceIndex(
                **shared,
                object_id=str(page.pk),
                to_content_type_id=kind,
                to_object_id=pk,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )

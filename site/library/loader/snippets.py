"""Writes sources, glossary terms and search synonyms."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import models

from library.loader.report import ADDED, CHANGED, GONE, KEPT, UNCHANGED, Report
from library.loader.snippet_files import term_fields
from library.models import GlossaryTerm, SearchSynonym, Source
from library.models.loaded import LoadedItem


def digest(value: Any) -> str:
    """A short name for content: equal content, equal digest."""

    def plain(item: Any) -> str:
        return item.isoformat() if isinstance(item, datetime.date) else repr(item)

    text = json.dumps(value, sort_keys=True, default=plain)
    return hashlib.sha256(text.encode()).hexdigest()


def sync_sources(sources: Mapping[str, Mapping[str, Any]], report: Report) -> None:
    sync = _Sync(Source, "source", report)
    for key, fields in sources.items():
        sync.row(key, fields)
    sync.dropped(sources)


def sync_terms(
    terms: Mapping[str, Mapping[str, Any]], page_ids: Mapping[str, int], report: Report
) -> None:
    """``page_ids`` lacks the pages that an editor has deleted: their terms lead nowhere."""
    sync = _Sync(GlossaryTerm, "term", report)
    for key, row in terms.items():
        sync.row(key, {**term_fields(row), "page_id": page_ids.get(row.get("page", ""))})
    sync.dropped(terms)


def sync_synonyms(groups: Mapping[str, Mapping[str, Any]], report: Report) -> None:
    sync = _Sync(SearchSynonym, "synonym", report)
    for key, fields in groups.items():
        sync.row(key, fields)
    sync.dropped(groups)


class _Sync:
    """Brings one kind of snippet up to its file."""

    def __init__(self, model: type[models.Model], kind: str, report: Report) -> None:
        self.model, self.kind, self.report = model, kind, report
        self.loaded = {item.key: item for item in LoadedItem.objects.filter(kind=kind)}
        self.rows = {row.key: row for row in model._default_manager.all()}  # type: ignore[attr-defined]

    def row(self, key: str, fields: Mapping[str, Any]) -> None:
        item, row = self.loaded.get(key), self.rows.get(key)
        name, new_digest = f"{self.kind} {key}", digest(fields)
        wanted = _all_fields(self.model, fields)
        if row is None and item:
            self.report.add(KEPT, f"{name} (deleted)")
        elif row is not None and (item is None or _state(row) != item.state):
            self._keep(row, key, wanted, new_digest)
        elif item and item.digest == new_digest:
            self.report.add(UNCHANGED, name)
        else:
            self._write(row or self.model(key=key), key, wanted, new_digest)
            self.report.add(CHANGED if item else ADDED, name)

    def _keep(self, row: models.Model, key: str, wanted: dict[str, Any], new_digest: str) -> None:
        """Leave an editor's row as it is. If the file says the same by now, both are one again."""
        if all(getattr(row, field) == value for field, value in wanted.items()):
            self._remember(row, key, new_digest)
            self.report.add(UNCHANGED, f"{self.kind} {key}")
        else:
            self.report.add(KEPT, f"{self.kind} {key}")

    def _write(self, row: models.Model, key: str, wanted: dict[str, Any], new_digest: str) -> None:
        for field, value in wanted.items():
            setattr(row, field, value)
        row.full_clean()
        row.save()
        self._remember(row, key, new_digest)

    def _remember(self, row: models.Model, key: str, new_digest: str) -> None:
        LoadedItem.objects.update_or_create(
            kind=self.kind,
            key=key,
            defaults={"object_id": row.pk, "digest": new_digest, "state": _state(row)},
        )

    def dropped(self, keys: Mapping[str, Any]) -> None:
        for key in self.loaded.keys() - keys.keys():
            self.report.add(GONE, f"{self.kind} {key}")


def _all_fields(model: type[models.Model], given: Mapping[str, Any]) -> dict[str, Any]:
    """Given values, and the default of every other field: what a file drops is emptied."""
    names = [f for f in model._meta.concrete_fields if f.name not in ("id", "key")]
    return {f.attname: given.get(f.attname, f.get_default()) for f in names}


def _state(row: models.Model) -> str:
    fields = (f.attname for f in row._meta.concrete_fields)
    return digest({name: getattr(row, name) for name in fields})

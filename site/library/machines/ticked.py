"""The urgent signs that editors ticked, for a list of pages in one query."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from library.models.clinical_page import ClinicalPage


def read_ticked(pages: Iterable[ClinicalPage]) -> None:
    """Each page's ``care_keys`` then reads nothing."""
    by_model: dict[type[ClinicalPage], list[int]] = defaultdict(list)
    of: dict[int, list[str]] = {}
    for page in pages:
        page.ticked = of[page.pk] = []
        by_model[type(page)].append(page.pk)
    for pk, _path, key in _rows(by_model):
        of[pk].append(key)


def _rows(by_model: dict[type[ClinicalPage], list[int]]) -> list[tuple[int, str, str]]:
    """Page, place of the condition in the tree, and its key: in the order of the tree."""
    queries = [_links(model, keys) for model, keys in by_model.items()]
    return sorted(queries[0].union(*queries[1:])) if queries else []


def _links(model: type[ClinicalPage], keys: list[int]) -> Any:
    care: Any = model._meta.get_field("care")
    page, cause = care.m2m_field_name(), care.m2m_reverse_field_name()
    links = care.remote_field.through._default_manager.filter(**{f"{page}__in": keys})
    named = links.exclude(**{f"{cause}__key": ""}).order_by()
    return named.values_list(f"{page}_id", f"{cause}__path", f"{cause}__key")

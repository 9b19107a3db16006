"""Front matter ↔ fields of a page: what is called what, for loader and exporter."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from library.lines import split_lines
from library.loader.page_file import CODE_KEYS, COMPARE_KEYS, PageFile
from library.models import (
    CausePage,
    HomePage,
    IndexPage,
    InfoPage,
    TipPage,
    TopicPage,
    TreatmentPage,
)
from library.models.clinical_page import ClinicalPage

#: Above first; beside each other in the order that readers meet them.
MODELS: dict[str, type[ClinicalPage]] = {
    "home": HomePage,
    "topic": TopicPage,
    "index": IndexPage,
    "cause": CausePage,
    "treatment": TreatmentPage,
    "tip": TipPage,
    "info": InfoPage,
}
TYPES = {model: name for name, model in MODELS.items()}
#: Front matter that only some types have, and that is a field of the same name.
OWN_FIELDS = {
    "index": ("lists",),
    "cause": ("key", "role"),
    "treatment": ("kind",),
    "tip": ("kind", "strength", "works_calf"),
}
_CODES = ", "


def fields_of(page: PageFile) -> dict[str, Any]:
    """The plain fields of a page. Its body, urgent signs and relations need other pages first."""
    front = page.front
    found = {
        "title": front["title"],
        "slug": page.slug,
        "answer": front["answer"],
        "search_description": front["description"],
        "also_known_as": "\n".join(page.names("also_known_as")),
        "change_note": front.get("change_note", ""),
    }
    found |= {name: front[name] for name in OWN_FIELDS.get(page.type, ())}
    if page.type == "cause":
        found |= {name: front["compare"].get(name, "") for name in COMPARE_KEYS}
        codes = {name: _as_list(front["codes"].get(name, [])) for name in CODE_KEYS}
        found |= {name: _CODES.join(values) for name, values in codes.items()}
    return found


def front_of(page: Any) -> dict[str, Any]:
    """The other way round: the front matter that a page's plain fields make."""
    kind = TYPES[type(page)]
    front: dict[str, Any] = {
        "type": kind,
        "slug": page.slug,
        "title": page.title,
        "answer": page.answer,
        "description": page.search_description,
        "also_known_as": split_lines(page.also_known_as),
        "change_note": page.change_note,
    }
    front |= {name: getattr(page, name) for name in OWN_FIELDS.get(kind, ())}
    if kind == "cause":
        for table, names in (("compare", COMPARE_KEYS), ("codes", CODE_KEYS)):
            front[table] = {name: value for name in names if (value := getattr(page, name))}
    return front


def refused(page: PageFile) -> dict[str, str]:
    """Field → reason, for what the page model itself would refuse (length, form of the slug).

    Field by field, because making a Page asks the database for its content type.
    """
    found = {}
    for name, value in fields_of(page).items():
        field: Any = MODELS[page.type]._meta.get_field(name)
        if value or not field.blank:
            try:
                field.clean(value, None)
                _hold_to_limit(field, value)
            except ValidationError as error:
                found[name] = " ".join(error.messages)
    return found


def _hold_to_limit(field: models.Field, value: Any) -> None:
    """Text fields may have a limit too: Django holds forms to it, but not models."""
    if isinstance(field, models.TextField) and field.max_length:
        MaxLengthValidator(field.max_length)(value)


def _as_list(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value

"""Reports that say something about every draft, and so have to look at each.

A small library is looked at as a whole, worst first. Of a large one that would take minutes: there
each part of the list is looked at when it is opened, and an export is written while it is read.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from wagtail.models import Page

from library.audit.library import Library
from library.audit.pages import Names
from library.quality.around import around
from library.reports.base import DeskReport
from library.reports.pages import drafts

#: Up to so many pages are looked at together.
MOST_TOGETHER = 300
A_PART = 25


class LookedAtReport(DeskReport):
    model = Page
    paginate_by = A_PART

    def get_queryset(self) -> Any:
        return Page.objects.order_by("title")

    def look(self, draft: Any, against: tuple[Library, Names]) -> tuple[Any, ...] | None:
        """Write what there is to say onto the draft, and give its place; None leaves it out."""
        raise NotImplementedError

    @cached_property
    def is_large(self) -> bool:
        return Page.objects.count() > MOST_TOGETHER

    @property
    def page_subtitle(self) -> str:
        return _t("a large library, looked at part by part") if self.is_large else ""

    def get_filtered_queryset(self) -> Any:
        pages = super().get_filtered_queryset()
        if not self.is_large:
            return self._looked_at(list(drafts(pages)))
        return list(pages.values_list("pk", flat=True))

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self._rows(object_list))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return self._export(object_list) if self.is_large and self.is_export else object_list

    def _rows(self, part: Any) -> Any:
        if not self.is_large or self.is_export:
            return part
        return self._looked_at(list(drafts(Page.objects.filter(pk__in=list(part)))))

    def _export(self, keys: Sequence[int]) -> Iterator[Any]:
        for start in range(0, len(keys), A_PART):
            part = Page.objects.filter(pk__in=keys[start : start + A_PART])
            yield from self._looked_at(list(drafts(part)))

    def _looked_at(self, found: Sequence[Any]) -> list[Any]:
        """The worst first."""
        rows = []
        against = around(found)
        for draft in found:
            place = self.look(draft, against)
            if place is not None:
                rows.append((*place, draft.title, draft.pk, draft))
        return [row[-1] for row in sorted(rows, key=lambda row: row[:-1])]

"""Rows that are evidence: written once, never changed."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise PermissionDenied(_("A record of a review cannot be changed."))

    def delete(self) -> NoReturn:
        raise PermissionDenied(_("A record of a review cannot be removed."))


class Record(models.Model):
    """Append-only. Goes only together with the page it is about; the audit log stays even then."""

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise PermissionDenied(_("A record of a review cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(_("A record of a review cannot be removed."))

"""Keeps a signed version as it was signed.

Wagtail's autosave writes into its author's last version again instead of making a new one. Without
this, words could change under a signature that already stands.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.models import Revision

from review.models import NotClinicalChange, SignOff


def connect() -> None:
    pre_save.connect(keep_signed_version, sender=Revision, dispatch_uid="review.keep_signed")


def keep_signed_version(
    instance: Revision, update_fields: frozenset[str] | None = None, **_kwargs: Any
) -> None:
    writes = update_fields is None or "content" in update_fields
    if instance.pk is None or not writes:
        return
    records = (SignOff.objects, NotClinicalChange.objects)
    if any(rows.filter(revision_id=instance.pk).exists() for rows in records):
        raise PermissionDenied(_("This version is signed. Save a new one."))

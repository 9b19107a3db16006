"""The last door: a picture or document that comes past the forms (a command, a script, an API).

Also one that was stored first and named in a row afterwards, as ``instance.file.save(…)`` does.
"""

import posixpath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models.signals import pre_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from library.uploads import allowed, documents, pictures


def picture_comes_in(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """Drawn again, whoever sends it, unless a form has done so."""
    sent = None if raw else _new_file(instance)
    if sent is None or isinstance(sent, pictures.Redrawn):
        return
    stored = instance.file if instance.file._committed else None
    try:
        instance.file = pictures.redrawn(sent, allowed.MOST_PIXELS)
    finally:
        sent.close()
        if stored:
            stored.storage.delete(stored.name)
    instance._set_image_file_metadata()


def document_comes_in(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    sent = None if raw else _new_file(instance)
    if sent is None:
        return
    stored = instance.file if instance.file._committed else None
    try:
        documents.check(sent, allowed.MOST_DOCUMENT_BYTES)
    except ValidationError:
        if stored:
            stored.storage.delete(stored.name)
        raise
    finally:
        if stored:
            sent.close()


def _new_file(instance: Any) -> File | None:
    """A file that is in no row yet, whether it lies in the media already or not."""
    field = instance.file
    if not field:
        return None
    if not field._committed:
        return field.file
    if type(instance)._base_manager.filter(file=field.name).exists():
        return None
    try:
        return File(field.storage.open(field.name), posixpath.basename(field.name))
    except FileNotFoundError:
        return None


def connect() -> None:
    pre_save.connect(picture_comes_in, get_image_model(), dispatch_uid="picture-door")
    pre_save.connect(document_comes_in, get_document_model(), dispatch_uid="document-door")

"""Uploaded pictures, and nothing else of what was uploaded.

Documents have an address of their own that looks at who may read them; they lie in the same
folder, so only the two folders of pictures can be asked for here.
"""

import posixpath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
FOLDERS = ("images", "original_images")
DAY = 86_400


@require_safe
def media(_request: HttpRequest, name: str) -> FileResponse:
    folder, _, file = name.partition("/")
    kind = TYPES.get(posixpath.splitext(file)[1].lower())
    strange = "/" in file or "\\" in file or "\x00" in file
    if folder not in FOLDERS or kind is None or strange:
        raise Http404
    try:
        opened = default_storage.open(name)
    except OSError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=kind)
    patch_cache_control(response, public=True, max_age=DAY)
    return response

"""The WSGI application that the server starts (PYTHONPATH=site, config.wsgi:application)."""

import os

from django.core.wsgi import get_wsgi_application

from config.serving.damaged import RefuseDamaged
from config.serving.kept_pages import Application, KeptPages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def build() -> Application:
    """Django, and around it the layer that answers public pages from ready bytes.

    While templates are being written (DEBUG) every page is made anew.
    """
    django = RefuseDamaged(get_wsgi_application())
    from django.conf import settings

    if settings.DEBUG:
        return django
    from config.serving.changes import counter

    has_front = bool(settings.WAGTAILFRONTENDCACHE)
    known_by, never = settings.SESSION_COOKIE_NAME, settings.NEVER_KEPT
    return KeptPages(django, counter(), known_by, never, has_front)


application = build()

"""Where each address goes: admin, checker, library views, and Wagtail's pages last."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from config import failing, health, media, security_txt
from config.signin.account import account
from config.signin.urls import to_sign_in
from config.styleguide.views import styleguide
from library.machines.api import router

handler400, handler403 = failing.bad_request, failing.forbidden
handler404, handler500 = failing.not_found, failing.server_error
# Elsewhere (S3 with its own address) a picture is not ours to give.
_media = (
    [path(settings.MEDIA_URL.lstrip("/") + "<path:name>", media.media, name="media")]
    if settings.MEDIA_URL.startswith("/")
    else []
)
urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path(".well-known/security.txt", security_txt.security_txt),
    path(f"{settings.ADMIN_PATH}login/", to_sign_in),
    path(f"{settings.ADMIN_PATH}account/", account),
    path("_util/login/", to_sign_in),
    path(settings.SIGN_IN_PATH, include("config.signin.urls")),
    path(settings.ADMIN_PATH, include(admin_urls)),
    path("documents/", include(document_urls)),
    path("review/", include("review.urls")),
    path("api/v2/", router.urls),
    path("symptom-checker/", include("checker.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("library.urls")),
    *_media,
    path("", include(wagtail_urls)),
]

"""Content-Security-Policy and Permissions-Policy.

Public pages run no inline code at all. Wagtail's admin needs inline scripts and styles (date
picker, inline panels, rich text), so the policy is relaxed there, and only as far as that.
The names are those that Django 6 will bring, so that this module can go then.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Policy = Mapping[str, tuple[str, ...]]

SELF, NONE, INLINE = "'self'", "'none'", "'unsafe-inline'"

#: What is not named falls back: a worker to scripts, all else (objects, a manifest) to nothing.
PUBLIC: Policy = {
    "default-src": (NONE,),
    "script-src": (SELF,),
    "style-src": (SELF,),
    "img-src": (SELF, "data:"),
    "font-src": (SELF,),
    "connect-src": (SELF,),
    "frame-src": (SELF,),  # an outside reviewer reads the draft in a frame
    "form-action": (SELF,),
    "frame-ancestors": (SELF,),
    "base-uri": (NONE,),
}
ADMIN: Policy = {
    **PUBLIC,
    "default-src": (SELF,),
    "script-src": (SELF, INLINE),
    "style-src": (SELF, INLINE),
    "img-src": (SELF, "data:", "blob:"),
    "base-uri": (SELF,),
    "object-src": (NONE,),
}
#: A file that somebody uploaded: opened by itself it can load nothing, run nothing, be nobody.
FILE: Policy = {"default-src": (NONE,), "sandbox": (), "frame-ancestors": (NONE,)}
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)


def header(policy: Policy) -> str:
    return "; ".join(" ".join((name, *values)) for name, values in policy.items())


def with_media(policy: Policy) -> Policy:
    """Pictures may come from where media are, if that is another host (MEDIA_URL)."""
    media = urlsplit(settings.MEDIA_URL)
    if not media.netloc:
        return policy
    return {**policy, "img-src": (*policy["img-src"], f"{media.scheme}://{media.netloc}")}


def bare() -> list[tuple[str, str]]:
    """For an answer that is given before Django is asked."""
    guards = {
        "Content-Security-Policy": header(FILE),
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if seconds := settings.SECURE_HSTS_SECONDS:
        guards["Strict-Transport-Security"] = f"max-age={seconds}"
    return list(guards.items())


class PolicyMiddleware:
    """Sets the policies on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.public, self.admin = header(with_media(PUBLIC)), header(with_media(ADMIN))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 200 and _is_upload(request):
            response.headers["Content-Security-Policy"] = header(FILE)
        relaxed = request.path.startswith(tuple(settings.RELAXED_POLICY))
        response.headers.setdefault(
            "Content-Security-Policy", self.admin if relaxed else self.public
        )
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def _is_upload(request: HttpRequest) -> bool:
    """A document or a picture, not a page about one. WhiteNoise's files are our own."""
    found = request.resolver_match
    return found is not None and found.view_name in ("wagtaildocs_serve", "media")

"""Whose form it was and how often they send, without keeping anything about them."""

from urllib.parse import urlsplit

from django.http import HttpRequest

from library.limits import FEEDBACK, INBOX, wait


def came_from_our_own_page(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this form.

    The usual guard is a CSRF cookie. Pages set no cookie for readers, so the form has no token.
    None is needed either: such a token protects what a signed-in visitor may do, and this form
    acts for nobody. What is left is to keep other sites from filling the inbox through their
    visitors. Browsers say where a form came from, and a page cannot change what they say:
    ``Sec-Fetch-Site`` in those since 2023, ``Origin`` or ``Referer`` in the older ones.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()


def seconds_to_wait(request: HttpRequest) -> int:
    """Count this sending. Behind a proxy or in a clinic many share one address, so a sender's limit
    is generous; the second limit guards the inbox as a whole."""
    return wait(request, FEEDBACK) or wait(request, INBOX)

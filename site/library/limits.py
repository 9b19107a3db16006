"""How often one household may ask for what costs us work, without keeping its address.

Counted is in the cache only, under a keyed hash of the address that nobody can undo: its salt is
random, new each day, and gone with the day. Where CACHE_URL is set all workers count together,
else each counts for itself. Pages that are kept ready cost nothing and are never counted.
"""

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers

from library.brand import brand_of_before

DAY = 86_400
#: People whom we cannot tell apart share one count, so many times as large.
SHARED = 20
_MOST_HOPS = 10
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds, from one household or from everybody together."""

    name: str
    most: int
    seconds: int = 60
    together: bool = False


SEARCH = Limit("search", 120)
SUGGEST = Limit("suggest", 600)
CHECKER = Limit("checker", 600)  # a visit takes about fifty requests
PASSKEY = Limit("passkey", 30)
FEEDBACK = Limit("feedback", 30, DAY)
INBOX = Limit("inbox", 500, DAY, together=True)


def wait(request: HttpRequest, limit: Limit) -> int:
    """Count this request; 0, or in how many seconds to ask again."""
    now = int(time.time())
    who, shared = ("", False) if limit.together else sender(request)
    most = limit.most * (SHARED if shared else 1)
    if _count(_name(f"{limit.name} {now // limit.seconds} {who}"), limit.seconds) <= most:
        return 0
    return limit.seconds - now % limit.seconds


def limited(limit: Limit) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that is not made for whoever asked too often."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            seconds = wait(request, limit)
            return too_often(request, seconds) if seconds else view(request, *args, **kwargs)

        return wrapped

    return decorate


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """Says so, says whom to call, and costs no query: a flood must not become one."""
    html = get_template("too_often.html").render({"brand": brand_of_before(request)})
    response = HttpResponse(html, status=429)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


def sender(request: HttpRequest) -> tuple[str, bool]:
    """The network a request comes from (an IPv4 address, the /64 of an IPv6 one), and whether
    many people may stand behind it whom we cannot tell apart.

    Each proxy adds the address that asked it to the end of X-Forwarded-For. So many entries from
    the end as there are proxies of ours (TRUSTED_PROXIES) are believed; what stands before them was
    written by somebody we do not know.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-_MOST_HOPS:]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    address = _address(told[-proxies]) if 0 < proxies <= len(told) else None
    if address is not None:
        return _network(address), False
    address = _address(request.META.get("REMOTE_ADDR", ""))
    unknown_proxy = proxies > 0 or "HTTP_X_FORWARDED_FOR" in request.META
    return _network(address), unknown_proxy or address is None or address.is_loopback


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _network(address: Address | None) -> str:
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


def _name(counted: str) -> str:
    """The name of a count: nobody can find the address in it, with the cache in hand or without."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    salt = cache.get_or_set(f"limit-salt-{day}", secrets.token_hex, DAY) or ""
    key = f"{settings.SECRET_KEY}{salt}".encode()
    return f"limit-{hmac.new(key, counted.encode(), hashlib.sha256).hexdigest()}"


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # dropped between the two calls, or the cache cannot be reached
        return 1

"""Links to other sites: asked one by one, with a time limit, and only when somebody wants it."""

import socket
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from library.link_check.links import Link
from library.link_check.ours import Broken

SECONDS = 10.0
AT_ONCE = 4
AGENT = "Mozilla/5.0 (compatible; CausewayLinkCheck/1)"
#: These say "not to a program", which says nothing about whether a person can open the page.
NOT_TO_PROGRAMS = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.TOO_MANY_REQUESTS,
}


def broken(
    links: Iterable[Link], seconds: float = SECONDS, ask: Callable[[str, float], str] | None = None
) -> Iterator[Broken]:
    """The links that did not answer as they should; each address is asked once."""
    ask = ask or reason_against
    by_address: dict[str, list[Link]] = {}
    for link in links:
        if link.is_external:
            by_address.setdefault(link.href.partition("#")[0], []).append(link)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda address: ask(address, seconds), by_address)
        for (_address, here), reason in zip(by_address.items(), answers, strict=True):
            if reason:
                yield from (Broken(link, reason) for link in here)


def reason_against(address: str, seconds: float) -> str:
    """Why an address is broken; empty if it answers. HEAD first, which costs the other less."""
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": AGENT})  # noqa: S310
        try:
            with urlopen(request, timeout=seconds):  # noqa: S310 - only http and https come here
                return ""
        except HTTPError as error:
            if error.code in NOT_TO_PROGRAMS:
                return ""
            if method == "GET":
                return f"{address} answers {error.code}."
        except TimeoutError:
            return f"{address} did not answer in {seconds:g} seconds."
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError | socket.timeout):
                return f"{address} did not answer in {seconds:g} seconds."
            return f"{address} cannot be reached ({reason})."
    return ""

"""Empties the cache of an nginx in front (deploy/nginx/causeway.conf) with each change.

All of it, though few pages changed: nginx fills again from our ready bytes, of which only the pages
that changed have to be made, and nobody has to know which addresses it holds.
"""

import logging
from threading import Timer
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from library.fresh import EVERYTHING, Counter

logger = logging.getLogger(__name__)
#: An answer that was on its way to nginx while the cache was emptied is in it by then.
AGAIN_SECONDS = 2.0
PATIENCE_SECONDS = 3.0
#: A front that cannot be reached is left alone so long: a library of changes must not wait for it
#: once each. ``WithFront`` tries later than that after the last change.
LET_ALONE_SECONDS = 1.0


#: When a front last could not be reached, by its address: Wagtail makes a backend for each call.
_failed_at: dict[str, float] = {}


class NginxBackend(BaseBackend):
    """For Wagtail: deletes the folder that nginx keeps its answers in, through nginx itself."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = params["LOCATION"]

    def purge(self, url: str) -> None:
        self.purge_batch([url])

    def purge_batch(self, urls: object) -> None:
        failed_at = _failed_at.get(self.location)
        if failed_at is not None and monotonic() - failed_at < LET_ALONE_SECONDS:
            return
        try:
            request = Request(self.location, method="DELETE")  # noqa: S310 - set by the owner
            urlopen(request, timeout=PATIENCE_SECONDS).close()  # noqa: S310
        except HTTPError as error:
            if error.code != 404:  # there is nothing in it
                logger.error("nginx did not empty its cache: %s", error)
        except OSError as error:
            if failed_at is None:  # once, not with each change until it is back
                logger.error("The nginx in front cannot be reached: %s", error)
            _failed_at[self.location] = monotonic()
            return
        _failed_at.pop(self.location, None)


class WithFront:
    """A counter that tells the nginx in front, too."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self.read, self.newest = counter.read, counter.newest
        self._again: Timer | None = None

    def move_on(self, slots: tuple[int, ...] = (EVERYTHING,)) -> None:
        self._counter.move_on(slots)
        empty()
        if self._again:
            self._again.cancel()
        self._again = Timer(AGAIN_SECONDS, empty)
        self._again.start()


def empty() -> None:
    purge_urls_from_cache([settings.SITE_URL])

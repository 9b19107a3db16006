"""The cache in Redis or Valkey, so that its loss makes the site slower and nothing else.

What cannot be fetched counts as not kept.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config.lost import Link, LostError

PAUSE_SECONDS = 1.0
#: One retry at once: a connection that was idle while Redis started again is dead, Redis is not.
OPTIONS: dict[str, Any] = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "retry": Retry(NoBackoff(), 1),
}


link = Link("The cache", (RedisError, OSError), PAUSE_SECONDS)


def _or(name: str, without: Callable[..., Any]) -> Callable[..., Any]:
    """Django's own method, and what it answers while Redis is lost."""
    ask = getattr(RedisCacheClient, name)

    @wraps(ask)
    def method(self: RedisCacheClient, *args: Any, **kwargs: Any) -> Any:
        try:
            return link.reach(lambda: ask(self, *args, **kwargs))
        except LostError:
            return without(*args, **kwargs)

    return method


def _not_found(key: str, *_args: Any) -> None:
    raise ValueError(f"Key '{key}' not found.")  # as Django says it of a key that is not there


def _nothing(*_args: Any, **_kwargs: Any) -> None:
    return None


class ForgivingClient(RedisCacheClient):
    """Who adds a key was first to do so: what is done once a key is done rather than left out."""

    add = _or("add", lambda *_: True)
    get = _or("get", lambda _key, default=None: default)
    set = _or("set", _nothing)
    touch = _or("touch", lambda *_: False)
    delete = _or("delete", lambda *_: False)
    get_many = _or("get_many", lambda _keys: {})
    has_key = _or("has_key", lambda _key: False)
    incr = _or("incr", _not_found)
    set_many = _or("set_many", _nothing)
    delete_many = _or("delete_many", _nothing)
    clear = _or("clear", lambda: False)


class ForgivingRedisCache(RedisCache):
    """Django's own backend with that client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient

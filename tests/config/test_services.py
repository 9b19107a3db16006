"""Which database and cache an address in the environment means, and what a lost cache does."""

from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from config import lost, redis_cache, services
from config.lost import Link, LostError
from config.redis_cache import ForgivingRedisCache
from config.serving.kept_pages import KeptPages
from config.serving.shared_stamp import CacheCounter
from library import fresh

NOBODY = "redis://127.0.0.1:1/0"


def database(monkeypatch: pytest.MonkeyPatch, url: str) -> dict:
    monkeypatch.setenv("DATABASE_URL", url)
    return services.databases(environ.Env(), Path("/nowhere"))["default"]


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> ForgivingRedisCache:
    """A cache whose server is not there."""
    monkeypatch.setattr(redis_cache, "link", Link("The cache", redis_cache.link.errors, 1))
    made = services.caches(NOBODY)["default"]
    return ForgivingRedisCache(made["LOCATION"], made)


def test_postgresql_has_a_pool_that_notices_dead_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = database(monkeypatch, "postgres://me:secret@db.example.org:5433/site?sslmode=require")
    assert (made["ENGINE"], made["HOST"], made["PORT"]) == (
        "config.postgresql",
        "db.example.org",
        5433,
    )
    assert made["CONN_HEALTH_CHECKS"] is True
    assert made["OPTIONS"]["pool"]["max_size"] == 8
    assert made["OPTIONS"]["sslmode"] == "require"


def test_other_databases_are_refused_with_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(monkeypatch, "mysql://me@db.example.org/site")


@pytest.mark.parametrize("scheme", ["redis", "rediss", "valkey", "valkeys"])
def test_redis_and_valkey_are_reached_alike(scheme: str) -> None:
    made = services.caches(f"{scheme}://cache.example.org:6379/2")["default"]
    assert made["LOCATION"].partition("://")[2] == "cache.example.org:6379/2"
    assert ForgivingRedisCache(made["LOCATION"], made)._cache.get_client()


def test_other_caches_are_refused_with_the_variable() -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        services.caches("memcached://cache.example.org")


def test_a_lost_cache_has_nothing_and_breaks_nothing(cache: ForgivingRedisCache) -> None:
    cache.set("key", "value", 60)
    assert cache.get("key", "instead") == "instead"
    assert cache.get_or_set("key", lambda: "made") == "made"
    assert cache.add("key", 1)
    with pytest.raises(ValueError, match="key"):
        cache.incr("key")
    assert cache.get_many(["key"]) == {}
    assert not cache.has_key("key")
    assert not cache.delete("key")
    cache.set_many({"key": 1})
    cache.delete_many(["key"])
    cache.clear()


def test_it_is_told_once_and_nobody_waits(
    cache: ForgivingRedisCache, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", logger="config.lost")
    for _time in range(50):
        cache.get("key")
    assert [record.message for record in caplog.records] == ["The cache is lost (ConnectionError)."]


def test_one_caller_a_second_tries_again_and_finds_it() -> None:
    link, asked = Link("It", (OSError,), 1), []

    def gone() -> None:
        asked.append(1)
        raise ConnectionError

    for _time in range(3):
        with pytest.raises(LostError):
            link.reach(gone)
    assert len(asked) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lost, "monotonic", lambda: 1e12)
        assert link.reach(lambda: "here") == "here"
    assert link.reach(lambda: "still here") == "still here"


def test_nothing_is_kept_while_the_shared_number_is_unknown(
    cache: ForgivingRedisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter, asked = CacheCounter(NOBODY), []

    def django(_environ: object, start_response: object) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])  # type: ignore[operator]
        asked.append(1)
        return [b"A page"]

    app = KeptPages(django, counter, "sessionid", [])
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "localhost"}
    answers = [b"".join(app(dict(request), lambda *_: None)) for _time in range(3)]
    assert answers == [b"A page"] * 3
    assert len(asked) == 3
    assert counter.read() is None
    monkeypatch.setattr(fresh, "counter", counter)
    assert [fresh.kept("words", lambda n=n: n) for n in range(1, 4)] == [1, 2, 3]

"""Who asks too often waits: a household never, an emergency never, and nobody's address is kept."""

import pickle
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from wagtail.models import Site

from library import limits
from library.limits import CHECKER, SEARCH, SUGGEST, Limit, sender, wait
from library.models import SiteBrand

FEW = Limit("few", 3)


def request(address: str = "192.0.2.1", told: str = "") -> Any:
    more = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


@pytest.fixture(autouse=True)
def _same_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute ends in the middle of a test."""
    now = time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now)


def test_so_many_and_no_more_until_the_minute_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [wait(request(), FEW) for _ in range(3)] == [0, 0, 0]
    left = wait(request(), FEW)
    assert 0 < left <= 60
    now = limits.time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now + left)
    assert wait(request(), FEW) == 0


def test_others_and_other_limits_are_counted_by_themselves() -> None:
    for _ in range(4):
        wait(request(), FEW)
    assert wait(request(), FEW)
    assert not wait(request("192.0.2.2"), FEW)
    assert not wait(request(), Limit("other", 3))


@pytest.mark.parametrize(
    ("address", "told", "proxies", "expected"),
    [
        ("192.0.2.1", "", 0, ("192.0.2.1", False)),
        ("2001:db8:1:2:3::4", "", 0, ("2001:db8:1:2::/64", False)),
        ("::ffff:192.0.2.1", "", 0, ("192.0.2.1", False)),
        # A proxy that nobody counted, or somebody who lies: one count for all behind it.
        ("192.0.2.1", "203.0.113.5", 0, ("192.0.2.1", True)),
        ("127.0.0.1", "", 0, ("127.0.0.1", True)),
        ("", "", 0, ("None", True)),
        ("unix:", "203.0.113.5", 0, ("None", True)),
        # A proxy of the owner's: only what it wrote itself is believed.
        ("10.0.0.7", "203.0.113.5", 1, ("203.0.113.5", False)),
        ("10.0.0.7", "198.51.100.9, 203.0.113.5", 1, ("203.0.113.5", False)),
        ("10.0.0.7", "198.51.100.9, 203.0.113.5, 10.0.0.3", 2, ("203.0.113.5", False)),
        ("127.0.0.1", "2001:db8:1:2:3::4", 1, ("2001:db8:1:2::/64", False)),
        # One that adds nothing, or nonsense.
        ("10.0.0.7", "", 1, ("10.0.0.7", True)),
        ("10.0.0.7", "nonsense", 1, ("10.0.0.7", True)),
        ("10.0.0.7", "203.0.113.5", 2, ("10.0.0.7", True)),
    ],
)
def test_who_it_is(
    settings: Any, address: str, told: str, proxies: int, expected: tuple[str, bool]
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert sender(request(address, told)) == expected


def test_many_behind_one_address_share_a_count_that_is_larger() -> None:
    shared = request("127.0.0.1")
    assert [wait(shared, FEW) for _ in range(3 * limits.SHARED)] == [0] * 3 * limits.SHARED
    assert wait(shared, FEW)


def everything_cached() -> dict[Any, Any]:
    """Names and values, of the memory of this worker or of Redis."""
    if hasattr(cache, "_expire_info"):
        return {name: pickle.loads(value) for name, value in cache._cache.items()}
    redis = cache._cache.get_client()
    return {name: redis.get(name) for name in redis.scan_iter() if redis.type(name) == b"string"}


def test_no_address_is_in_the_cache() -> None:
    cache.clear()
    wait(request("192.0.2.77"), FEW)
    stored = everything_cached()
    assert len(stored) >= 2  # the salt of the day, and one count
    assert b"192.0.2" not in pickle.dumps(stored)


def test_the_salt_is_new_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.time, "strftime", lambda *_: "2031-01-01")
    first = limits._name("x")
    assert limits._name("x") == first
    monkeypatch.setattr(limits.time, "strftime", lambda *_: "2031-01-02")
    assert limits._name("x") != first


def test_a_cache_that_cannot_be_reached_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_args: object) -> int:
        raise ValueError

    monkeypatch.setattr(cache, "incr", lost)
    assert [wait(request(), FEW) for _ in range(9)] == [0] * 9


def test_a_household_does_not_feel_it() -> None:
    """Five people in one minute: each goes through the whole checker and types and searches."""
    people = 5
    assert CHECKER.most >= people * 60
    assert SUGGEST.most >= people * 60
    assert SEARCH.most >= people * 20


LIMITED = [
    "/search/?q=back",
    "/search/suggest/?q=ba",
    "/symptom-checker/back-and-calf/",
    "/symptom-checker/back-and-calf/begin/",
    "/symptom-checker/back-and-calf/questions/where/",
    "/symptom-checker/back-and-calf/result/",
    "/symptom-checker/back-and-calf/replay/",
]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("address", LIMITED)
def test_who_must_wait_hears_how_long_and_whom_to_call(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    SiteBrand.objects.create(site=Site.objects.get(is_default_site=True), country="au")
    client = Client()
    client.get("/")
    monkeypatch.setattr("library.limits.wait", lambda *_: 42)
    monkeypatch.setattr("checker.views.guard.wait", lambda *_: 42)
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 429
    assert response["Retry-After"] == "42"
    assert "no-store" in response["Cache-Control"]
    assert "Wait a minute, then load this page again." in html
    assert 'Call <a href="tel:000">000</a>' in html
    assert 'href="/emergency/"' in html


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("address", ["/", "/emergency/", "/a-z/", "/back-and-calf-pain/"])
def test_pages_to_read_are_never_limited(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("library.limits.wait", lambda *_: 42)
    monkeypatch.setattr("checker.views.guard.wait", lambda *_: 42)
    assert Client().get(address).status_code == 200


@pytest.mark.usefixtures("library")
def test_no_limit_stands_before_an_emergency(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer that decides, the way to the advice, the advice, and the page for the doctor."""
    client = Client()
    base = "/symptom-checker/back-and-calf"
    first = client.get(f"{base}/begin/")["Location"]
    monkeypatch.setattr("checker.views.guard.wait", lambda *_: 42)
    assert client.get(first).status_code == 429
    answered = client.post(first, {"answer": "breathless"})
    assert answered.status_code == 302, "the first question decides about an emergency"
    assert answered["Location"] == f"{base}/result/"
    for page in ("result", "summary", "answers"):
        assert client.get(f"{base}/{page}/").status_code == 200


@pytest.mark.usefixtures("library")
def test_who_must_wait_costs_no_query(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    client = Client()
    client.get("/search/?q=back")
    monkeypatch.setattr("library.limits.wait", lambda *_: 42)
    with django_assert_num_queries(0):
        assert client.get("/search/?q=back").status_code == 429

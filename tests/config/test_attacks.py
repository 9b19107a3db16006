"""Known attacks on what stands before the views: addresses, hosts, kept pages, sessions."""

from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as site
from django.contrib.auth import get_user_model
from django.test import Client

from config.serving.kept_pages import Application, KeptPages
from config.wsgi import build
from in_process import Answer, ask, connection_stays
from second_factor import code_of, give_app

pytestmark = pytest.mark.usefixtures("library")
PASSWORD = "a-long-one-for-the-tests"
LOGIN, CODE = "/account/login/", "/account/2fa/authenticate/"
PAGES = ("/", "/back-and-calf-pain/", "/a-z/", "/sitemap.xml", "/llms.txt", "/emergency/")
AWAY = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example/",
    "https://127.0.0.1@evil.example/",
    "/\t/evil.example/",
)


def leads_away(location: str) -> bool:
    """As browsers read it: tabs are nothing, and a backslash is a slash."""
    text = location.replace("\t", "").replace("\\", "/").strip()
    return not text.startswith("/") or text.startswith("//")


@pytest.mark.parametrize("to", AWAY)
def test_nobody_is_led_away_by_signing_in_or_out(to: str) -> None:
    give_app(get_user_model().objects.create_superuser("editor", password=PASSWORD))
    client = Client()
    answer = client.post(LOGIN, {"login": "editor", "password": PASSWORD, "next": to})
    found = [answer["Location"], client.post(CODE, {"code": code_of()})["Location"]]
    assert found[1] == f"/{site.ADMIN_PATH}"
    found.append(client.post("/account/logout/", {"next": to})["Location"])
    found.append(client.get(f"/admin/login/?next={quote(to)}")["Location"])
    assert not [location for location in found if leads_away(location)]


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/x", "/\\evil.example", "///e"])
def test_an_address_that_looks_like_a_host_leads_nowhere(path: str) -> None:
    application = build()
    with connection_stays():
        for asked in (path, f"{path}/.."):
            answer = ask(application, asked)
            assert answer.status in (301, 302, 400, 404)
            assert not leads_away(answer.headers.get("Location", "/"))


def test_another_session_is_begun_with_every_step_of_signing_in() -> None:
    """A session that somebody else knows, or slipped in, is worth nothing afterwards."""
    give_app(get_user_model().objects.create_superuser("editor", password=PASSWORD))
    client = Client()
    name = site.SESSION_COOKIE_NAME
    client.cookies[name] = "a" * 32
    client.get("/account/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})
    begun = client.cookies[name].value
    client.post(LOGIN, {"login": "editor", "password": PASSWORD})
    client.post(CODE, {"code": code_of()})
    assert client.get("/admin/").status_code == 200
    assert client.cookies[name].value not in ("a" * 32, begun)
    for known in ("a" * 32, begun):
        thief = Client()
        thief.cookies[name] = known
        assert thief.get("/admin/").status_code == 302


#: What is in no key of a kept page, and what somebody may hope that it changes.
UNKEYED = {
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_HOST": "evil.example",
    "HTTP_FORWARDED": "host=evil.example;proto=https",
    "HTTP_X_FORWARDED_PORT": "666",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
    "HTTP_X_ORIGINAL_URL": "/evil/",
    "HTTP_X_REWRITE_URL": "/evil/",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_ACCEPT": "application/evil",
    "HTTP_ACCEPT_LANGUAGE": "ar,fa;q=0.9",
    "HTTP_ACCEPT_ENCODING": "evil, *;q=0, identity;q=0",
    "HTTP_USER_AGENT": "<script>evil</script>",
    "HTTP_REFERER": "https://evil.example/",
    "HTTP_ORIGIN": "https://evil.example",
    "HTTP_X_REQUESTED_WITH": "XMLHttpRequest",
    "HTTP_SEC_PURPOSE": "prefetch",
    "HTTP_X_REQUEST_ID": "evil-evil-evil",
    "HTTP_COOKIE": "csrftoken=evil; messages=evil; django_language=ar; theme=evil",
    "HTTP_IF_NONE_MATCH": '"evil"',
    "HTTP_CONNECTION": "X-Evil",
}


def shown(answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    own = ("X-Request-ID", "Date", "Last-Modified")
    return answer.status, answer.body, {n: v for n, v in answer.headers.items() if n not in own}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_one_reader_sends_changes_no_other_readers_page(method: str) -> None:
    hit, clean = build(), build()
    with connection_stays():
        for path in PAGES:
            ask(hit, path, **UNKEYED, REQUEST_METHOD=method)
            after, before = ask(hit, path), ask(clean, path)
            assert shown(after) == shown(before), path
            assert b"evil" not in after.body
            assert "evil" not in str(after.headers)


def kept(application: Application) -> int:
    assert isinstance(application, KeptPages)
    return len(application._entries)


def test_nothing_that_is_refused_is_kept() -> None:
    application = build()
    with connection_stays():
        for host in ("evil.example", "127.0.0.1,evil.example", "127.0.0.1 evil", "[::1", "x" * 999):
            assert ask(application, "/", HTTP_HOST=host).status == 400
        for method in ("OPTIONS", "POST", "PUT", "DELETE", "TRACE", "PURGE", "get"):
            ask(application, "/", REQUEST_METHOD=method)
        for path in (
            "/nope/",
            "/./",
            "//",
            "/%2e/",
            "/.",
            "/a-z/\x00",
            "/a-z/../",
            "/" + "x" * 9999,
        ):
            assert ask(application, path).status != 200
        assert kept(application) == 0
        assert ask(application, "/a-z/").status == 200
        assert kept(application) == 1


def test_what_is_kept_is_bounded_however_many_names_somebody_invents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("config.serving.kept_pages.MOST_BYTES", 200_000)
    application = build()
    assert isinstance(application, KeptPages)
    with connection_stays():
        for port in range(1, 30):
            assert ask(application, "/llms.txt", HTTP_HOST=f"127.0.0.1:{port}").status == 200
    assert application._bytes == sum(one.size for one in application._entries.values()) <= 200_000


def test_a_chosen_language_is_no_part_of_what_others_get(settings: Any) -> None:
    """With several languages a cookie can choose one: who has it is answered by Django."""
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    application = build()
    with connection_stays():
        ask(application, "/a-z/", HTTP_COOKIE="django_language=ar")
        assert kept(application) == 0
        ask(application, "/a-z/")
        assert kept(application) == 1


def test_addresses_in_x_forwarded_for_are_believed_only_of_our_proxies(settings: Any) -> None:
    """Whoever invents one for each try is still counted as one."""
    get_user_model().objects.create_superuser("editor", password=PASSWORD)

    def tries(proxies: int) -> list[int]:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        return [
            Client()
            .post(
                LOGIN,
                {"login": f"somebody-{n}", "password": "x"},
                headers={"x-forwarded-for": f"198.51.100.{n}, 203.0.113.9"},
            )
            .status_code
            for n in range(32)
        ]

    for proxies in (0, 1):
        assert 429 in tries(proxies), proxies

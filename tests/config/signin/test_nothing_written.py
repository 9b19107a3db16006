"""Whoever has not signed in leaves nothing behind on the account pages."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from library import limits

pytestmark = pytest.mark.django_db
PASSKEY = "/account/2fa/webauthn/login/"
#: What a browser's script sends.
SCRIPT = {"x-requested-with": "XMLHttpRequest", "accept": "application/json"}


def account_pages() -> list[str]:
    (account,) = (
        part
        for part in get_resolver().url_patterns
        if isinstance(part, URLResolver) and str(part.pattern) == settings.SIGN_IN_PATH
    )
    return [f"/{settings.SIGN_IN_PATH}{route}" for route in routes(account)]


def routes(resolver: URLResolver) -> list[str]:
    found: list[str] = []
    for one in resolver.url_patterns:
        route = str(one.pattern).replace("<int:pk>", "1")
        if isinstance(one, URLPattern):
            found.append(route)
        else:
            found += [route + rest for rest in routes(one)]
    return found


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_no_account_page_keeps_a_session(method: str, headers: dict[str, str]) -> None:
    pages = account_pages()
    assert {PASSKEY, "/account/2fa/totp/activate/", "/account/login/"} <= set(pages)
    for address in pages:
        answer: Any = getattr(Client(), method)(address, headers=headers)
        assert answer.status_code < 500, address
        kept = Session.objects.count()
        if (address, method, headers) == (PASSKEY, "get", SCRIPT):
            Session.objects.all().delete()  # the challenge of a passkey: see below
        else:
            assert not kept, address


def test_what_is_sent_before_signing_in_is_not_kept_for_afterwards(client: Client) -> None:
    """allauth would keep it, up to 2.5 MB of it, as often as anybody likes."""
    answer = client.post("/account/2fa/totp/activate/", {"code": "x" * 1_000_000})
    assert answer["Location"] == "/account/login/?next=/account/2fa/totp/activate/"
    assert not client.cookies


def test_challenges_of_passkeys_are_few(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_000)
    asked = [
        Client().get(PASSKEY, headers=SCRIPT, REMOTE_ADDR="192.0.2.7").status_code
        for _ in range(limits.PASSKEY.most + 2)
    ]
    assert asked == [200] * limits.PASSKEY.most + [429] * 2
    assert Session.objects.count() == limits.PASSKEY.most

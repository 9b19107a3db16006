"""A new password by mail: for those who have an account, told to nobody else, and no way around
the second step."""

import importlib
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import clear_url_caches, get_urlconf, reverse
from pytest_django import Settings

import config.signin.urls
import config.urls
from second_factor import by_password_only, code_of, give_app

PASSWORD, NEW = "a-long-one-for-the-tests", "another-one-for-the-tests"
ASK = "/account/password/reset/"
FORM = "multipart"


@pytest.fixture(autouse=True)
def _mail_is_set(settings: Settings) -> Iterator[None]:
    """As with EMAIL_URL: the addresses are there."""
    settings.PASSWORD_RESET = True
    reload_addresses()
    yield
    settings.PASSWORD_RESET = False
    reload_addresses()


def reload_addresses() -> None:
    importlib.reload(config.signin.urls)
    importlib.reload(config.urls)
    clear_url_caches()
    assert get_urlconf() is None


@pytest.fixture
def editor(db: None) -> Any:
    made = get_user_model().objects.create_superuser("editor", "editor@example.org", PASSWORD)
    give_app(made)
    return made


def letters(number: int) -> list[Any]:
    """So many mails, which are sent beside the answer."""
    until = time.monotonic() + 60
    while len(mail.outbox) < number and time.monotonic() < until:
        time.sleep(0.01)
    assert len(mail.outbox) == number
    return mail.outbox


def link() -> str:
    (letter,) = letters(1)
    found = re.search(r"https?://\S+", letter.body)
    assert found
    return found[0]


def choose(client: Client, address: str, password: str = NEW) -> Any:
    form = client.get(address, follow=True)
    place = form.redirect_chain[-1][0] if form.redirect_chain else address
    return client.post(place, {"password1": password, "password2": password})


def sign_in(client: Client, password: str) -> Any:
    return client.post("/account/login/", {"login": "editor", "password": password})


def test_from_the_link_to_the_desk_leads_past_the_second_step(editor: Any, client: Client) -> None:
    assert b"Forgotten your password?" in client.get(ASK).content
    assert client.post(ASK, {"email": "Editor@example.org"}).status_code == 302
    address = link()
    (letter,) = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert "Your user name is editor." in letter.body
    assert "Causeway" in letter.subject
    assert choose(client, address)["Location"] == reverse("account_reset_password_from_key_done")
    # The new password alone opens nothing
    assert client.get("/admin/")["Location"].startswith("/account/login/")
    assert sign_in(client, PASSWORD).status_code == 200
    assert sign_in(client, NEW)["Location"] == "/account/2fa/authenticate/"
    assert client.get("/admin/")["Location"].startswith("/account/login/")
    client.post("/account/2fa/authenticate/", {"code": code_of()})
    assert client.get("/admin/").status_code == 200


def test_the_link_works_once_and_ends_other_sessions(editor: Any) -> None:
    other = Client()
    other.force_login(editor)
    assert other.get("/admin/").status_code == 200
    asked = Client()
    asked.post(ASK, {"email": editor.email})
    address = link()
    choose(asked, address)
    assert other.get("/admin/")["Location"].startswith("/account/login/")
    late = Client().get(address)
    assert "does not work any more" in late.content.decode()


@pytest.mark.parametrize("broken", ["0-x", "zzzzzz-abc-def", "1-abc-def"])
def test_a_made_up_link_opens_nothing(editor: Any, client: Client, broken: str) -> None:
    answer = client.get(f"{ASK}key/{broken}/")
    assert "does not work any more" in answer.content.decode()
    assert not client.session.items()


def test_nobody_learns_which_addresses_have_an_account(editor: Any) -> None:
    get_user_model().objects.create_user("gone", "gone@example.org", is_active=False)
    told = set()
    for address in ("editor@example.org", "gone@example.org", "nobody@example.org"):
        client = Client()
        answer = client.post(ASK, {"email": address}, follow=True)
        assert answer.redirect_chain == [(f"{ASK}done/", 302)]
        said = re.sub(r'value="\w{64}"', "", answer.content.decode())
        told.add((answer.status_code, said, tuple(client.cookies)))
    assert len(told) == 1
    assert letters(1)[0].to == ["editor@example.org"]


def test_a_nobody_costs_as_much_as_somebody(
    editor: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same mail is written for an address that nobody has, and thrown away."""
    from config.signin.adapters import AccountAdapter

    written = []
    really = AccountAdapter.render_mail

    def render(self: Any, prefix: str, email: str, *rest: Any) -> Any:
        written.append(email)
        return really(self, prefix, email, *rest)

    monkeypatch.setattr(AccountAdapter, "render_mail", render)
    addresses = ["editor@example.org", "nobody@example.org"]
    for address in addresses:
        client.post(ASK, {"email": address})
    assert written == addresses
    assert letters(1)[0].to == addresses[:1]


def test_the_link_leads_to_this_site_whatever_host_was_asked(
    editor: Any, client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://health.example.org"
    client.post(ASK, {"email": editor.email}, headers={"host": "evil.example"})
    assert link().startswith("https://health.example.org/account/password/reset/key/")
    assert "evil" not in mail.outbox[0].body


def test_asking_is_throttled(editor: Any, client: Client) -> None:
    asked = [client.post(ASK, {"email": editor.email}).status_code for _ in range(7)]
    assert asked == [302] * 5 + [429] * 2
    asked = [client.post(ASK, {"email": f"{n}@example.org"}).status_code for n in range(20)]
    assert asked[-1] == 429
    letters(5)


def test_a_mail_server_that_is_gone_changes_no_answer(
    editor: Any, client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert client.post(ASK, {"email": editor.email}).status_code == 302
    until = time.monotonic() + 60
    while "was not sent" not in caplog.text and time.monotonic() < until:
        time.sleep(0.01)
    assert "was not sent (ConnectionRefusedError)" in caplog.text


def test_half_a_sign_in_is_no_way_to_another_password(editor: Any) -> None:
    client = Client()
    by_password_only(client, editor)
    assert client.get("/account/password/change/")["Location"].startswith("/account/2fa/")

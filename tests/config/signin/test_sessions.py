"""How often somebody may try to sign in, and when somebody is out again."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from config.signin import standing
from second_factor import code_of, give_app
from signing_in import PASSWORD, sign_in, whole


def test_wrong_passwords_are_throttled_for_the_account_and_for_the_address(editor: Any) -> None:
    client = Client()
    for number in range(5):
        assert "is wrong" in sign_in(client, "no", REMOTE_ADDR=f"192.0.2.{number}").content.decode()
    waiting = sign_in(client, REMOTE_ADDR="192.0.2.99").content.decode()
    assert "Wait five minutes, then try again." in waiting
    cache.clear()
    for _number in range(30):
        client.post("/account/login/", {"login": "x", "password": "y"})
    refused = sign_in(client)
    assert refused.status_code == 429
    assert "Wait a few minutes" in refused.content.decode()


def test_codes_are_throttled_too(editor: Any) -> None:
    give_app(editor)
    client = Client()
    assert sign_in(client)["Location"] == "/account/2fa/authenticate/"
    answers = [client.post("/account/2fa/authenticate/", {"code": f"00000{n}"}) for n in range(6)]
    assert "Wait five minutes" in answers[-1].content.decode()
    assert client.post("/account/2fa/authenticate/", {"code": code_of()}).status_code == 200


def test_a_deactivated_editor_is_out_at_once(editor: Any) -> None:
    client = whole(editor)
    get_user_model().objects.update(is_active=False)
    assert client.get("/admin/")["Location"].startswith("/account/login/")
    assert sign_in(Client())["Location"] == "/account/inactive/"


def test_a_changed_password_ends_the_other_sessions(editor: Any) -> None:
    other, own = whole(editor), whole(editor)
    changed = own.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another-one-9876", "password2": "another-one-9876"},
    )
    assert changed.status_code == 302
    assert own.get("/admin/").status_code == 200
    assert other.get("/admin/")["Location"].startswith("/account/login/")


def test_signing_out_ends_the_session_itself(editor: Any) -> None:
    client = whole(editor)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/admin/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/admin/")["Location"].startswith("/account/login/")


def at(client: Client, name: str, ago: timedelta) -> None:
    session = client.session
    session[name] -= int(ago.total_seconds())
    session.save()


def test_a_session_ends_half_a_day_after_signing_in(editor: Any) -> None:
    client = whole(editor)
    at(client, standing.SIGNED_IN_AT, timedelta(hours=11, minutes=59))
    assert client.get("/admin/").status_code == 200
    at(client, standing.SIGNED_IN_AT, timedelta(minutes=2))
    assert client.get("/admin/")["Location"] == "/account/login/?next=/admin/"
    assert "_auth_user_id" not in client.session


def test_work_prolongs_a_session_and_an_open_editor_does_not(editor: Any) -> None:
    cookie = sign_in(Client()).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == cookie["expires"] == ""  # gone when the browser closes
    client = whole(editor)
    at(client, standing.SEEN_AT, timedelta(minutes=30))
    page = Page.objects.first()
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, 1])
    seen = client.session[standing.SEEN_AT]
    client.post(ping)
    assert client.session[standing.SEEN_AT] == seen
    client.get("/admin/")
    assert client.session[standing.SEEN_AT] > seen
    assert settings.SESSION_COOKIE_AGE == 2 * 60 * 60
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE

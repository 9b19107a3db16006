"""Who gets in, and who does not."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from library.models import CausePage
from second_factor import code_of, give_app
from signing_in import PASSWORD, sign_in, whole

ENROL = "/account/2fa/"


def addresses(resolver: URLResolver, prefix: str, namespace: str = "") -> list[str]:
    """Every address under the admin, with 1 for each number and “x” for each word."""
    found = []
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern, route, namespace)
        elif isinstance(pattern, URLPattern):
            found.append(route)
    return found


def admin_names() -> list[str]:
    """Each named view of the admin that needs no argument, and the page views with one."""
    resolver = next(
        part
        for part in get_resolver().url_patterns
        if isinstance(part, URLResolver) and str(part.pattern) == settings.ADMIN_PATH
    )
    return [f"/{route}" for route in addresses(resolver, str(resolver.pattern)) if "<" not in route]


@pytest.mark.usefixtures("library")
def test_without_a_second_factor_every_admin_address_leads_to_enrolment(half: Client) -> None:
    page = CausePage.objects.get(key="strain")
    number = [page.pk]
    asked = [address for address in admin_names() if "^" not in address and "(" not in address]
    asked += [
        reverse("wagtailadmin_pages:edit", args=number),
        reverse("wagtailadmin_pages:view_draft", args=number),
        reverse("wagtailadmin_pages:preview_on_edit", args=number),
        reverse("wagtailadmin_pages:delete", args=number),
        reverse("wagtailadmin_api:pages:detail", args=number),
        reverse("review_admin:invite", args=number),
        reverse("checker_admin:workbench", args=["back-and-calf"]),
    ]
    assert len(asked) > 100
    way_out = reverse("wagtailadmin_logout")
    told = {address: half.get(address) for address in asked if address != way_out}
    not_sent = {
        address: answer.status_code
        for address, answer in told.items()
        if answer.status_code != 302 or answer["Location"] not in (ENROL, "/account/login/")
    }
    assert not_sent == {}
    edit = reverse("wagtailadmin_pages:edit", args=number)
    assert half.post(edit, {"title": "Mine"})["Location"] == ENROL


@pytest.mark.usefixtures("library")
def test_without_a_second_factor_private_things_are_shut(half: Client, editor: Any) -> None:
    page = CausePage.objects.get(key="strain")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="login"
    )
    document = Document.objects.create(title="Rota", file="rota.pdf")
    for address in (page.url, document.url):
        assert half.get(address)["Location"].startswith("/account/login/?next=")
    whole = Client()
    whole.force_login(editor)
    assert whole.get(page.url).status_code == 200


def test_half_a_sign_in_can_enrol_and_leave_and_nothing_else(half: Client) -> None:
    open_ = [ENROL, "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/logout/"]
    assert [half.get(address).status_code for address in open_] == [200] * len(open_)
    shut = ["/account/password/change/", "/account/2fa/recovery-codes/generate/", "/account/login/"]
    assert [half.get(address)["Location"] for address in shut] == [ENROL] * len(shut)
    assert half.post("/account/logout/")["Location"] == "/account/login/"
    assert half.get("/admin/")["Location"].startswith("/account/login/")


def test_a_session_from_before_enrolling_elsewhere_has_to_show_the_factor(
    half: Client, editor: Any
) -> None:
    give_app(editor)
    ask = half.get("/admin/reports/locked/")["Location"]
    assert ask == "/account/2fa/reauthenticate/?next=/admin/reports/locked/"
    # Not the password again, and no way to remove the factor with it.
    for address in ("/account/reauthenticate/", "/account/2fa/totp/deactivate/", ENROL):
        assert half.get(address)["Location"].startswith("/account/2fa/reauthenticate/")
    assert half.post(ask, {"code": "000000"}).status_code == 200
    assert half.post(ask, {"code": code_of()})["Location"] == "/admin/reports/locked/"
    assert half.get("/admin/").status_code == 200


def test_whoever_removes_the_last_factor_has_to_enrol_again(editor: Any) -> None:
    client = Client()
    client.force_login(editor)
    remove = "/account/2fa/totp/deactivate/"
    ask = client.get(remove)["Location"]
    assert ask.startswith("/account/2fa/reauthenticate/")
    client.post(ask, {"code": code_of()})
    client.post(remove)
    assert not Authenticator.objects.filter(user=editor).exists()
    assert client.get("/admin/")["Location"] == ENROL


def test_recovery_codes_are_kept_from_a_password(half: Client, editor: Any) -> None:
    give_app(editor)
    for name in ("", "generate/", "download/"):
        assert half.get(f"/account/2fa/recovery-codes/{name}").status_code == 302


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/"])
def test_wagtails_own_doors_lead_to_ours(client: Client, address: str, db: None) -> None:
    assert client.get(f"{address}?next=/x/")["Location"] == "/account/login/?next=/x/"
    sent = client.post(address, {"username": "editor", "password": PASSWORD})
    assert sent["Location"] == "/account/login/"
    assert client.session.get("_auth_user_id") is None


def test_nobody_signs_up(client: Client, db: None) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/account/email/").status_code == 404
    assert "sign up" not in client.get("/account/login/").content.decode().lower()


def test_without_mail_no_password_is_reset(client: Client, db: None) -> None:
    assert client.get("/account/password/reset/").status_code == 404
    assert client.get("/admin/password_reset/").status_code == 404


def test_the_password_is_kept_as_argon2() -> None:
    from config import settings as as_written

    assert as_written.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_an_owner_can_forget_a_lost_factor(editor: Any, capsys: Any) -> None:
    client = whole(editor)
    call_command("forget_second_factor", "editor")
    assert "Sessions ended: 1" in capsys.readouterr().out
    assert client.get("/admin/")["Location"].startswith("/account/login/")
    fresh = Client()
    sign_in(fresh)
    assert fresh.get("/admin/")["Location"] == ENROL
    with pytest.raises(CommandError, match="no account"):
        call_command("forget_second_factor", "nobody")


def test_an_account_without_a_role_is_told_so_and_not_sent_in_circles(db: None) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_user("stranger"))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 200
    assert len(answer.redirect_chain) == 1
    assert "You do not have permission to access the admin." in answer.content.decode()


def test_optional_means_a_password_is_enough(half: Client, settings: Any) -> None:
    settings.SECOND_FACTOR = "optional"
    assert half.get("/admin/").status_code == 200


@pytest.mark.usefixtures("library")
def test_readers_are_not_asked_who_they_are(client: Client) -> None:
    address = CausePage.objects.get(key="strain").url
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert [q for q in asked.captured_queries if "session" in q["sql"] or "auth_" in q["sql"]] == []


def test_account_pages_are_strict_and_found_by_nobody(client: Client, db: None) -> None:
    answer = client.get("/account/login/")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "account" not in client.get("/robots.txt").content.decode()
    assert f"/{settings.SIGN_IN_PATH}" in settings.NEVER_KEPT
    assert f"/{settings.ADMIN_PATH}" in settings.NEVER_KEPT


def test_roles_get_in_with_their_factor(db: None) -> None:
    writer = get_user_model().objects.create_user("writer")
    writer.groups.add(Group.objects.get(name="Writer"))
    assert whole(writer).get("/admin/").status_code == 200

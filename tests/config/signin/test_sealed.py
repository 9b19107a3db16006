"""Secrets of second factors are unreadable in the database, and outlive a change of the key."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.signin import sealed
from second_factor import SECRET, code_of

PASSWORD = "a-long-one-for-the-tests"
OTHER = "another-key-" * 6


@pytest.fixture
def editor(db: None) -> Any:
    return get_user_model().objects.create_superuser("editor", password=PASSWORD)


def as_kept() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return "".join(map(str, cursor.fetchall()))


def opens(code: str) -> bool:
    """Whether this code leads from the password to the desk."""
    client = Client()
    client.post("/account/login/", {"login": "editor", "password": PASSWORD})
    answer = client.post("/account/2fa/authenticate/", {"code": code})
    assert answer.status_code in (200, 302)
    return answer.status_code == 302


def prepared() -> str:
    out = StringIO()
    sealed.seal_all_and_tell(out.write)
    return out.getvalue()


def test_what_enrolling_writes_cannot_be_read(editor: Any) -> None:
    client = Client()
    client.post("/account/login/", {"login": "editor", "password": PASSWORD})
    activate = "/account/2fa/totp/activate/"
    client.get(activate)
    secret = client.session["mfa.totp.secret"]
    assert client.post(activate, {"code": code_of(secret)}).status_code == 302
    kept = as_kept()
    assert secret not in kept
    assert kept.count(sealed.MARK) == 2  # the app, and the codes that come with it
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()
    assert not any(code in kept for code in codes)
    assert opens(code_of(secret, 1))
    assert opens(codes[0])
    assert not opens(codes[0])


def test_rows_from_before_are_read_and_then_sealed(editor: Any) -> None:
    Authenticator.objects.create(user=editor, type="totp", data={"secret": SECRET})
    seed = RecoveryCodes.generate_seed()
    data = {"seed": seed, "used_mask": 5, "viewed_at": 1.5}
    Authenticator.objects.create(user=editor, type="recovery_codes", data=data)
    assert opens(code_of())
    assert SECRET in as_kept()
    assert prepared() == ""
    assert SECRET not in as_kept()
    assert seed not in as_kept()
    assert opens(code_of(SECRET, 1))
    codes = Authenticator.objects.get(type="recovery_codes")
    assert sealed.unseal(codes.data.pop("seed")) == seed
    assert codes.data == {"used_mask": 5, "viewed_at": 1.5}


def test_a_second_start_writes_nothing(editor: Any) -> None:
    TOTP.activate(editor, SECRET)
    before = as_kept()
    assert prepared() == ""
    assert as_kept() == before


def test_the_old_key_still_opens_and_is_needed_no_longer_after_a_start(
    editor: Any, settings: Any
) -> None:
    TOTP.activate(editor, SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = OTHER
    assert opens(code_of())
    assert prepared() == ""
    settings.SECRET_KEY_FALLBACKS = []
    assert opens(code_of(SECRET, 1))


def test_without_the_old_key_a_code_is_wrong_and_the_owner_is_told(
    editor: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    TOTP.activate(editor, SECRET)
    RecoveryCodes.activate(editor)
    before = as_kept()
    settings.SECRET_KEY = OTHER
    assert not opens(code_of())
    assert "SECRET_KEY" in caplog.text
    told = prepared()
    assert "editor" in told
    assert "forget_second_factor" in told
    assert as_kept() == before  # the old key can still come back


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-6], lambda text: sealed.MARK, lambda text: sealed.MARK + "é"]
)
def test_a_damaged_secret_opens_nothing_and_breaks_nothing(
    editor: Any, spoil: Callable[[str], str]
) -> None:
    app = TOTP.activate(editor, SECRET).instance
    app.data = {"secret": spoil(app.data["secret"])}
    app.save()
    assert not opens(code_of())
    assert "editor" in prepared()


def test_a_backup_holds_no_secret_and_brings_them_back(editor: Any, tmp_path: Any) -> None:
    from config.keeping import archive

    TOTP.activate(editor, SECRET)
    file = tmp_path / "site.tar.gz"
    call_command("backup", str(file), stdout=StringIO())
    parts = {name: content.read().decode() for name, content in archive.parts(file)}
    assert SECRET not in json.dumps(parts)
    Authenticator.objects.all().delete()
    call_command("restore", str(file), "--replace", "--without-copy", stdout=StringIO())
    assert opens(code_of())

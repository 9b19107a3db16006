"""Signing in as the site demands it: with a password and something that only this person has.

The guard is on in tests as it is for owners. So ``client.force_login(user)`` gives the user an
authenticator app, and a session that has seen it. Tests of signing in itself use the real forms,
or ``by_password_only``.
"""

import base64
import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

SECRET = base64.b32encode(b"only for the tests !").decode()
_plain = Client.force_login


def code_of(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user: Any) -> Any:
    """An authenticator app that is set up for this user."""
    app, _made = Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": SECRET}}
    )
    return app


def with_second_factor(force_login: Callable[..., None]) -> Callable[..., None]:
    def signed_in(client: Client, user: Any, backend: str | None = None) -> None:
        from config.signin.standing import PROVED_BY

        give_app(user)
        force_login(client, user, backend)
        session = client.session
        session[PROVED_BY] = user.pk
        session.save()

    return signed_in


def by_password_only(client: Client, user: Any) -> None:
    """A session as it is after the password and before the second step."""
    _plain(client, user)

"""The secrets of apps and recovery codes lie encrypted in the database.

So a copy of it (a backup, a dump) opens no account. The key is made from SECRET_KEY, which is in
no backup. After SECRET_KEY was changed, the old one in SECRET_KEY_FALLBACKS still opens them, and
the next start of the server seals them anew.
"""

import base64
import logging
from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

#: What was kept before there was encryption begins otherwise, and is still read.
MARK = "sealed:"
#: By what name each kind of factor keeps its secret.
SECRET_OF = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
logger = logging.getLogger(__name__)


def seal(text: str) -> str:
    return MARK + _boxes()[0].encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """The secret. Where no key opens it, one that nobody has: every code is wrong then."""
    try:
        return _opened(text)
    except InvalidToken:
        logger.error("A second factor was sealed with a SECRET_KEY that is not known any more.")
        return generate_totp_secret()


def seal_all() -> list[str]:
    """Seal with the newest key what is not. Names the accounts whose secret no key opens."""
    lost = set()
    with transaction.atomic():
        for factor, name in _factors():
            text = factor.data[name]
            if _is_newest(text):
                continue
            try:
                factor.data[name] = seal(_opened(text))
            except InvalidToken:
                lost.add(factor.user.get_username())
            else:
                factor.save(update_fields=["data"])
    return sorted(lost)


def seal_all_and_tell(tell: Callable[[str], object]) -> None:
    if lost := seal_all():
        tell(
            _(
                "SECRET_KEY is another one than when these accounts set up their app or recovery "
                "codes, so those do not work: %(names)s. Give the old key in SECRET_KEY_FALLBACKS "
                "and start again, or run “manage.py forget_second_factor NAME” for each."
            )
            % {"names": ", ".join(lost)}
        )


def _factors() -> Iterator[tuple[Authenticator, str]]:
    kept = Authenticator.objects.select_for_update(of=("self",)).select_related("user")
    for factor in kept.filter(type__in=SECRET_OF).order_by("pk"):
        yield factor, SECRET_OF[Authenticator.Type(factor.type)]


def _boxes() -> list[Fernet]:
    """The newest key first."""
    return [_box(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _box(key: str) -> Fernet:
    derived = salted_hmac("config.signin.sealed", "factors", secret=key, algorithm="sha256")
    return Fernet(base64.urlsafe_b64encode(derived.digest()))


def _opened(text: str) -> str:
    if not text.startswith(MARK):
        return text
    return MultiFernet(_boxes()).decrypt(_token(text)).decode()


def _is_newest(text: str) -> bool:
    try:
        _boxes()[0].decrypt(_token(text))
    except InvalidToken:
        return False
    return text.startswith(MARK)


def _token(text: str) -> bytes:
    return text.removeprefix(MARK).encode()

"""How far somebody has got with signing in, as their session tells it."""

import time
from enum import Enum, auto
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

SIGNED_IN_AT, SEEN_AT, PROVED_BY = "signed_in_at", "seen_at", "second_factor_of"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
A_WHILE = 5 * 60


class Standing(Enum):
    """What stands between somebody and the desk."""

    UNKNOWN = auto()  # nobody has signed in
    ENDED = auto()  # signed in too long ago
    NO_FACTOR = auto()  # has only a password
    UNPROVED = auto()  # has a second factor, but this session has not seen it
    WHOLE = auto()


def standing(request: HttpRequest, user: Any) -> Standing:
    if not user.is_authenticated:
        return Standing.UNKNOWN
    if time.time() - request.session.get(SIGNED_IN_AT, 0) > settings.SESSION_LONGEST:
        return Standing.ENDED
    if settings.SECOND_FACTOR != "required" or request.session.get(PROVED_BY) == user.pk:
        return Standing.WHOLE
    return Standing.UNPROVED if has_factor(user) else Standing.NO_FACTOR


def has_factor(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def note_activity(request: HttpRequest) -> None:
    """Saving the session begins its two hours anew. Once in a while is enough."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) > A_WHILE:
        request.session[SEEN_AT] = now


@receiver(user_logged_in)
def begin(request: HttpRequest, **_kwargs: Any) -> None:
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


@receiver(authenticator_used)
@receiver(authenticator_added)
def prove(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Whoever has just used a factor, or set one up, has it in hand."""
    request.session[PROVED_BY] = user.pk


@receiver(authenticator_removed)
def forget(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    if not has_factor(user):
        request.session.pop(PROVED_BY, None)

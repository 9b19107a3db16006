"""What we want otherwise than django-allauth: no sign-up, clear words, factor before password."""

import logging
import time
from smtplib import SMTPException
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from config.signin import sealed
from config.signin.forms import NOBODY
from library.brand import brand_of

logger = logging.getLogger(__name__)
TOO_MANY = _("Too many wrong tries. Wait five minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made in the admin, by somebody who knows the person."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has signed in a moment ago need not do it again to enrol."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        fresh = time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With a second factor, that one is asked for: a password alone must not remove it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the site's own address, whatever host the request named."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.SITE_URL.rstrip("/") + path

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Sent aside, and nobody's is thrown away: the answer takes as long for every address."""
        told = {**context, "brand": brand_of(self.request)}
        mail = self.render_mail("account/email/password_reset_key", email, told)
        if user.pk != NOBODY:
            Thread(target=_send, args=(mail,), daemon=True).start()


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        logger.error("A mail for a new password was not sent (%s).", type(error).__name__)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Use the newest one, and each only once."),
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(brand_of(self._request()).name)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    @staticmethod
    def _request() -> HttpRequest:
        from allauth.core import context

        return context.request

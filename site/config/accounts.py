"""How editors sign in, for Django, Wagtail and allauth. What an owner may set is in settings.py."""

import re
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

TAKEN = ("account", "api", "documents", "media", "review", "static", "symptom-checker")


def admin_path(value: str) -> str:
    """Where Wagtail's admin stands, without the first slash and with the last."""
    path = value.strip("/")
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", path) or path.split("/")[0] in TAKEN:
        raise ImproperlyConfigured(
            f"ADMIN_PATH={value!r} cannot be used. Take small letters, digits and hyphens, "
            f"for example ADMIN_PATH=desk/, and none of: {', '.join(TAKEN)}"
        )
    return f"{path}/"


def time_zones() -> list[str]:
    """For an editor's own account. Browsers stop at names that only Debian's files have."""
    return sorted(available_timezones() - {"Factory", "localtime", "posixrules"})


SIGN_IN: dict[str, Any] = {
    "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    "AUTH_PASSWORD_VALIDATORS": [
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "wagtailadmin_home",
    "WAGTAILADMIN_LOGIN_URL": "account_login",
    "WAGTAIL_FRONTEND_LOGIN_URL": "account_login",
    "WAGTAIL_USER_TIME_ZONES": SimpleLazyObject(time_zones),
    "WAGTAIL_PASSWORD_RESET_ENABLED": False,  # allauth's is throttled
    "ACCOUNT_ADAPTER": "config.signin.adapters.AccountAdapter",
    "ACCOUNT_FORMS": {"reset_password": "config.signin.forms.ForgottenForm"},
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,  # we write to nobody who has no account
    "ACCOUNT_EMAIL_VERIFICATION": "none",  # owners make accounts; nobody signs up
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_SESSION_REMEMBER": False,
    # Whoever may not open a page is shown the form, instead of being sent back to that page.
    "ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS": False,
    "MFA_ADAPTER": "config.signin.adapters.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_TOTP_TOLERANCE": 1,  # a telephone's clock may be half a minute wrong
}

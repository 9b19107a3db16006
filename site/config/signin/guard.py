"""Nobody edits with a password alone.

Where accounts are needed (the admin, and the account pages themselves) somebody without a second
factor is led to set one up, and can do nothing else but sign out. Everywhere else (documents,
private pages, review links) they are nobody. Anonymous readers cost nothing: who asks is looked
up only by views that want to know.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from config.signin.standing import Standing, note_activity, standing

ENROLMENT = frozenset(
    (
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_reauthenticate",
    )
)
PROVING = frozenset(("mfa_reauthenticate", "mfa_reauthenticate_webauthn"))
#: What is for people whom we do not know yet. All else of the account pages leads to the form:
#: allauth would keep what was sent there, however large, for after the sign-in.
FOR_ANYBODY = (
    *("account_login", "account_logout", "account_inactive", "account_reset_password"),
    *("mfa_authenticate", "mfa_login_webauthn"),
)
LEAVING = frozenset(("account_logout", "wagtailadmin_logout"))
#: An open editor asks this by itself, with nobody in front of it.
NOBODY_THERE = "wagtailadmin_editing_sessions:ping"


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.needs_account = (f"/{settings.ADMIN_PATH}", f"/{settings.SIGN_IN_PATH}")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not request.path_info.startswith(self.needs_account):
            request.user = nobody_unless_whole(request)
            return None
        match = request.resolver_match
        name = match.view_name if match else ""
        state = standing(request, request.user)
        if state is Standing.UNKNOWN:
            return None if is_for_anybody(name) else redirect_to_login(request.path)
        if name in LEAVING:
            return None
        if state is Standing.WHOLE:
            if name != NOBODY_THERE:
                note_activity(request)
            return None
        return next_step(request, state, name)


def is_for_anybody(name: str) -> bool:
    """Wagtail's own views look for themselves."""
    return not name.startswith(("account_", "mfa_")) or name.startswith(FOR_ANYBODY)


def nobody_unless_whole(request: HttpRequest) -> Any:
    known = request.user

    def who() -> Any:
        whole = standing(request, known) is Standing.WHOLE
        return known if whole else AnonymousUser()

    return SimpleLazyObject(who)


def next_step(request: HttpRequest, state: Standing, name: str) -> HttpResponse | None:
    """Where somebody with half a sign-in goes, or None where they are already there."""
    if state is Standing.ENDED:
        logout(request)
        return redirect_to_login(_where_to(request))
    if state is Standing.UNPROVED:
        if name in PROVING:
            return None
        return redirect_to_login(_where_to(request), "mfa_reauthenticate")
    return None if name in ENROLMENT else redirect("mfa_index")


def _where_to(request: HttpRequest) -> str:
    """Back to a page that was asked for, not to a form that was sent or an account page."""
    home = f"/{settings.ADMIN_PATH}"
    path = request.get_full_path()
    return path if request.method == "GET" and path.startswith(home) else home

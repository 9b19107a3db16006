"""The account pages that editors need: of allauth's, all but sign-up and e-mail addresses."""

from allauth.account import views
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from library.limits import PASSKEY, limited

#: Wagtail's own ways to sign in ask for a password only, as often as one likes.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
#: Its challenge is kept in a session of somebody whom we do not know yet.
passkey = limited(PASSKEY)(require_http_methods(["GET", "POST"])(login_webauthn))

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("2fa/webauthn/login/", passkey, name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
if settings.PASSWORD_RESET:
    urlpatterns += [
        path("password/reset/", views.password_reset, name="account_reset_password"),
        path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
        re_path(
            r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "password/reset/key/done/",
            views.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
    ]

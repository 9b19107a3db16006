"""Asking for a new password tells nobody which addresses have an account."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib.auth import get_user_model
from django.http import HttpRequest

#: The key of an account that is none.
NOBODY = 0


class ForgottenForm(ResetPasswordForm):
    users: list[Any]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """As much work for an address that nobody has; the adapter sends no mail for it."""
        self.users = self.users or [get_user_model()(pk=NOBODY, username="nobody")]
        return str(super().save(request, **kwargs))

"""The way from the admin to the account pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_account_menu_item")
def password(_request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("account_change_password"),
        "label": _("Change your password"),
        "help_text": _("All your other sessions end then."),
    }


@hooks.register("register_settings_menu_item")
def second_step() -> MenuItem:
    return MenuItem(_("Your second step"), reverse("mfa_index"), icon_name="key", order=10)

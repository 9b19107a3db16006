"""Everybody's own account in the admin, without what goes past our doors.

A profile picture would be kept as it was sent, with the place where it was taken. A password is
changed on the account pages, where tries are counted.
"""

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView

PAST_OUR_DOORS = ("avatar", "password")


class Account(AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name not in PAST_OUR_DOORS]


account = require_admin_access(Account.as_view())

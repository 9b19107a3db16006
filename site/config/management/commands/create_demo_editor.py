import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.urls import reverse

USERNAME = "editor"


class Command(BaseCommand):
    help = (
        f"Create the account “{USERNAME}” for a first look at the admin, with a random password "
        "that is shown once. Does nothing where there is any account already."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        accounts, desk = get_user_model()._default_manager, reverse("wagtailadmin_home")
        if accounts.filter(username=USERNAME).exists():
            self.stdout.write(
                f"Sign in to {desk} as “{USERNAME}”. The password was shown when the account was "
                f"made. To set a new one: .venv/bin/python manage.py changepassword {USERNAME}"
            )
        elif not accounts.exists():
            # Only into an empty list of accounts: an owner who deleted it does not want it back.
            password = secrets.token_urlsafe(15)
            accounts.create_superuser(username=USERNAME, password=password)
            self.stdout.write(
                f"\n  Sign in to {desk} as: {USERNAME}\n"
                f"  Password:              {password}\n"
                "  It is shown this once. Write it down, or change it in the admin.\n"
            )
            if settings.SECOND_FACTOR == "required":
                self.stdout.write(
                    "  You then set up a second step: have an authenticator app at hand, or open\n"
                    "  the site as http://localhost and use a passkey.\n"
                )

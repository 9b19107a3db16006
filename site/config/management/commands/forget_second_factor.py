from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "For somebody who lost device and recovery codes: remove the second factor of an account "
        "and sign it out everywhere. The next sign-in sets up a new one. Make sure who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        user = users.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['username']}”.")
        Authenticator.objects.filter(user=user).delete()
        ended = sum(_end(session, str(user.pk)) for session in Session.objects.iterator())
        self.stdout.write(f"“{user}” has no second factor now. Sessions ended: {ended}.")


def _end(session: Session, user: str) -> bool:
    theirs = str(session.get_decoded().get(SESSION_KEY)) == user
    if theirs:
        session.delete()
    return theirs

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from review.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "E-mail the owners of pages whose clinical review is due in 90 days, in 30 days or now. "
        "Safe to run every day, and twice: nobody is told the same thing again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_reminders()
        self.stdout.write(f"{sent.reminders} reminders in {sent.mails} mails.")
        if sent.nobody:
            titles = ", ".join(sent.nobody)
            self.stdout.write(
                f"Nobody to tell about: {titles}. Give them an owner with an e-mail address, or "
                "give a member of “Safety lead” one."
            )
        if sent.failed:
            raise CommandError(f"Could not be sent to: {', '.join(sent.failed)}")

import logging
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

logger = logging.getLogger(__name__)

CHORES = ("publish_scheduled", "send_review_reminders", "forget_feedback", "clearsessions")


class Command(BaseCommand):
    help = (
        "Do what must happen without anybody thinking of it: publish what is due, remind of "
        "reviews, forget old feedback and ended sessions. Run it every ten minutes; each chore "
        "is safe to do twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [chore for chore in CHORES if not self.done(chore, options["verbosity"])]
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. The log says why.")

    def done(self, chore: str, verbosity: int) -> bool:
        """One that fails, as mail does when its server is away, must not keep the next from it."""
        try:
            call_command(chore, verbosity=verbosity, stdout=self.stdout, stderr=self.stderr)
        except Exception:
            logger.exception("The chore %s failed", chore)
            return False
        return True

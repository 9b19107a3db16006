from typing import Any

from django.core.management.base import BaseCommand

from library.models.feedback import KEPT_DAYS, Feedback


class Command(BaseCommand):
    """For a nightly timer, so that old feedback goes even where no new feedback comes."""

    help = f"Delete feedback older than {KEPT_DAYS} days."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = Feedback.forget_old()
        if options["verbosity"]:
            self.stdout.write(f"{deleted} deleted.")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Who signed what, and until when."""

    name = "review"
    verbose_name = _("Review")

    def ready(self) -> None:
        from review import guard

        guard.connect()

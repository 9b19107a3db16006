import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

KEPT_DAYS = 90
MOST_WORDS = 1000


class Feedback(models.Model):
    """What a reader thought of a page: clear or not, and perhaps why.

    It holds a day and no time, and nothing about who wrote it: no name, no address, no cookie.
    """

    class State(models.TextChoices):
        NEW = "new", _("New")
        READ = "read", _("Read")
        DONE = "done", _("Done")

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page")
    )
    clear = models.BooleanField(_("was it clear"))
    words = models.TextField(_("in the reader's words"), blank=True, max_length=MOST_WORDS)
    day = models.DateField(_("day"), default=timezone.localdate, db_index=True)
    state = models.CharField(_("state"), max_length=4, choices=State, default=State.NEW)

    panels = [
        FieldPanel("state"),
        MultiFieldPanel(
            [FieldPanel(name, read_only=True) for name in ("page", "clear", "words", "day")],
            heading=_("What the reader sent"),
        ),
    ]

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.page} ({self.day})"

    @classmethod
    def forget_old(cls) -> int:
        """Delete what has been kept long enough; how many that were."""
        first_kept = timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)
        deleted, _by_model = cls.objects.filter(day__lt=first_kept).delete()
        return deleted

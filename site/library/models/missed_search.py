import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 90


class MissedSearch(models.Model):
    """Words that readers searched for and found nothing, counted by day.

    Words, a day and a number. Nothing about who asked, and no order in which they were asked.
    """

    words = models.CharField(_("words"), max_length=60)
    day = models.DateField(_("day"), default=timezone.localdate, db_index=True)
    times = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="missed_once_a_day")]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def forget_old(cls) -> int:
        first_kept = timezone.localdate() - datetime.timedelta(days=KEPT_DAYS)
        deleted, _by_model = cls.objects.filter(day__lt=first_kept).delete()
        return deleted

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReminderSent(models.Model):
    """This person was told of this due date this many days ahead: never again."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due = models.DateField(_("review by"))
    days = models.PositiveSmallIntegerField(_("days before"))
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "user", "due", "days"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.due} {self.days}"

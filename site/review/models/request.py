from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from review.models.record import Record


class ReviewRequest(Record):
    """Somebody asks for a page to be reviewed sooner: a new guideline, a withdrawn source.

    It holds until the page is signed again. That is why nobody needs to close it.
    """

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="review_requests")
    due = models.DateField(_("review by"))
    reason = models.TextField(_("reason"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(_("asked on"), default=timezone.now)

    class Meta:
        verbose_name = _("request for a review")
        verbose_name_plural = _("requests for a review")
        ordering = ["-created", "-pk"]
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"{self.due:%d %B %Y}: {self.reason}"

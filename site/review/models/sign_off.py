from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from review.deletion import keep_while_page_stays
from review.models.record import Record


class SignOff(Record):
    """One clinician vouches for one version of one page until a date."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="sign_offs")
    revision = models.ForeignKey(
        "wagtailcore.Revision", keep_while_page_stays, related_name="sign_offs"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty where the clinician has no account and signed by invitation."),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    profession = models.CharField(_("profession"), max_length=120)
    registration = models.CharField(_("registration"), max_length=120)
    comment = models.TextField(_("comment"), blank=True)
    signed_at = models.DateTimeField(_("signed on"), default=timezone.now)
    valid_until = models.DateField(_("valid until"))

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-signed_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.name}, {self.profession}, {self.signed_at:%d %B %Y}"

    @property
    def covered_revision_id(self) -> int:
        """The newest version that this sign-off stands for: its own, or one with small changes."""
        newest = self.minor_changes.order_by("-revision_id").first()
        return newest.revision_id if newest else self.revision_id


class NotClinicalChange(Record):
    """A clinician says that what changed since a sign-off changes nothing clinical."""

    sign_off = models.ForeignKey(SignOff, models.CASCADE, related_name="minor_changes")
    revision = models.ForeignKey("wagtailcore.Revision", keep_while_page_stays, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    reason = models.TextField(_("reason"))
    marked_at = models.DateTimeField(_("marked on"), default=timezone.now)

    class Meta:
        verbose_name = _("change that is not clinical")
        verbose_name_plural = _("changes that are not clinical")
        ordering = ["-marked_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.name}, {self.marked_at:%d %B %Y}: {self.reason}"

    @property
    def page_id(self) -> int:
        return self.sign_off.page_id

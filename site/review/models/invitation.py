from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from review.deletion import keep_while_page_stays
from review.models.sign_off import SignOff


class InvitationQuerySet(models.QuerySet["ReviewInvitation"]):
    def open(self, now: datetime | None = None) -> "InvitationQuerySet":
        now = now or timezone.now()
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


class ReviewInvitation(models.Model):
    """A clinician without an account may read one version of a page, once, and answer."""

    class Outcome(models.TextChoices):
        SIGNED = "signed", _("Signed the page off")
        CHANGES = "changes", _("Asked for changes")

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="invitations")
    revision = models.ForeignKey("wagtailcore.Revision", keep_while_page_stays, related_name="+")
    revision_saved = models.DateTimeField(
        editable=False,
        help_text=_("An autosave may write into a version again. Then this date gives it away."),
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    note = models.TextField(
        _("note to the reviewer"), blank=True, help_text=_("What to look at most closely.")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created = models.DateTimeField(_("invited on"), default=timezone.now)
    expires_at = models.DateTimeField(_("link ends on"))
    opened_at = models.DateTimeField(_("first opened on"), null=True, blank=True)
    used_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    outcome = models.CharField(_("answer"), max_length=10, choices=Outcome, blank=True)
    answered_as = models.CharField(_("answered as"), max_length=400, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    sign_off = models.OneToOneField(
        SignOff, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to review")
        verbose_name_plural = _("invitations to review")
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def state(self) -> str:
        """“open”, or why the link leads nowhere any more."""
        if self.used_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        return "open" if self.expires_at > timezone.now() else "expired"

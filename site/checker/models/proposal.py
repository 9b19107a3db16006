"""A release on its way: proposed by one person, decided by another."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from checker.models.release import Checker, Release
from checker.ordered_json import OrderedJSONField


class ReleaseProposal(models.Model):
    """Rules frozen at the moment of proposing. What is approved is exactly what was proposed."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    checker = models.ForeignKey(Checker, models.PROTECT, related_name="proposals")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    snapshot: "models.JSONField[dict[str, Any], dict[str, Any]]" = OrderedJSONField(_("rules"))
    crowd: "models.JSONField[dict[str, Any], dict[str, Any]]" = OrderedJSONField(
        default=dict, blank=True
    )
    digest = models.CharField(_("hash"), max_length=64, editable=False)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = OrderedJSONField(default=dict)
    base = models.ForeignKey(
        Release,
        models.PROTECT,
        verbose_name=_("compared with"),
        null=True,
        blank=True,
        related_name="+",
    )
    restores = models.ForeignKey(
        Release,
        models.PROTECT,
        verbose_name=_("puts back"),
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.TextField(_("note"), help_text=_("What changes and why, for your colleagues."))
    lowers = models.BooleanField(_("lowers urgency"), default=False)
    lower_reason = models.TextField(_("why lower urgency is safe"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("proposed by"),
        related_name="+",
    )
    created = models.DateTimeField(_("proposed on"), auto_now_add=True)
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided = models.DateTimeField(_("decided on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    release = models.OneToOneField(
        Release, models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        verbose_name = _("proposal for a release")
        verbose_name_plural = _("proposals for releases")
        ordering = ["-created"]
        default_permissions = ("add", "view")
        permissions = [("approve_release", _("Can approve a release that another person proposed"))]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="approved") | ~models.Q(decider=models.F("author")),
                name="proposal_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.checker.title}, {self.created:%d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

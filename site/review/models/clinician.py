from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClinicianProfile(models.Model):
    """How a clinician with an account signs. Copied into each sign-off: later changes leave it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="clinician_profile"
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As readers will see it, for example Dr Ana Lim.")
    )
    profession = models.CharField(
        _("profession"), max_length=120, help_text=_("For example general practitioner.")
    )
    registration = models.CharField(
        _("registration"),
        max_length=120,
        help_text=_("Your professional body and your number with it. Readers do not see it."),
    )

    class Meta:
        verbose_name = _("clinician")
        verbose_name_plural = _("clinicians")

    def __str__(self) -> str:
        return f"{self.name}, {self.profession}"

from django.db import models
from django.utils.translation import gettext_lazy as _

from checker.models.part import Part, key_field


class CheckerCause(Part):
    """A cause that the checker can name, or a look-alike."""

    key = key_field()
    name = models.CharField(_("name"), max_length=160)
    page = models.SlugField(
        _("page"), max_length=255, help_text=_("The library page that tells about it.")
    )
    lookalike = models.BooleanField(
        _("look-alike"),
        default=False,
        help_text=_("Not one of the checker's own causes, but easily mistaken for one."),
    )

    class Meta(Part.Meta):
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        constraints = [models.UniqueConstraint(fields=["checker", "key"], name="cause_key_once")]

    def __str__(self) -> str:
        return self.name


class NamedCause(models.Model):
    """A cause that a rule is about, or that a case accepts as the best fit."""

    cause = models.ForeignKey(CheckerCause, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.cause)

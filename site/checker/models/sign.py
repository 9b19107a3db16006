from django.db import models
from django.utils.translation import gettext_lazy as _

from checker.models.cause import CheckerCause
from checker.models.part import CitedSource, Part, Picked, child_of, in_words


class CheckerSign(Part):
    """An answer that speaks for a cause or against it. The level never depends on it."""

    class Weight(models.IntegerChoices):
        STRONGLY_FOR = 3, _("+3 speaks strongly for it")
        FOR = 2, _("+2 speaks for it")
        WEAKLY_FOR = 1, _("+1 speaks a little for it")
        WEAKLY_AGAINST = -1, _("-1 speaks a little against it")
        AGAINST = -2, _("-2 speaks against it")
        STRONGLY_AGAINST = -3, _("-3 speaks strongly against it")

    cause = models.ForeignKey(
        CheckerCause, models.PROTECT, verbose_name=_("cause"), related_name="signs"
    )
    weight = models.SmallIntegerField(_("weight"), choices=Weight, default=Weight.FOR)
    phrase = models.CharField(
        _("phrase"), max_length=255, help_text=_("To the patient: “pain that goes below the knee”.")
    )

    class Meta(Part.Meta):
        verbose_name = _("sign")
        verbose_name_plural = _("signs")

    def __str__(self) -> str:
        return f"{self.phrase} ({self.weight:+d} {self.cause})"

    @property
    def in_words(self) -> str:
        """The answers that give it, for lists."""
        return in_words(self.answers.all())


class SignAnswer(Picked):
    """One of the answers, all to the same question, that give this sign."""

    item = child_of("CheckerSign", "answers")


class SignSource(CitedSource):
    item = child_of("CheckerSign", "sources")

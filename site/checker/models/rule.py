from django.db import models
from django.utils.translation import gettext_lazy as _

from checker.models.cause import NamedCause
from checker.models.part import CitedSource, Part, Picked, child_of, in_words, key_field


class TriageLevel(models.TextChoices):
    """How soon to get help. The keys are the engine's."""

    EMERGENCY = "emergency", _("Emergency")
    URGENT = "urgent", _("Urgent: today")
    SOON = "soon", _("Soon: days to weeks")
    SELF_CARE = "self_care", _("Self-care")


class CheckerRule(Part):
    """If every condition holds, the advice is at least this level."""

    key = key_field()
    level = models.CharField(_("level"), max_length=10, choices=TriageLevel)
    because = models.TextField(_("because"), help_text=_("To the patient: why this level."))
    card = models.TextField(
        _("line on care cards"),
        blank=True,
        help_text=_("Completes “Get help now if …”. Needed for emergency and urgent rules."),
    )

    class Meta(Part.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [models.UniqueConstraint(fields=["checker", "key"], name="rule_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def in_words(self) -> str:
        """When it fires, for lists."""
        return in_words(self.when.all())


class RuleCondition(Picked):
    """One answer for which the rule holds; answers to one question are joined by “or”."""

    item = child_of("CheckerRule", "when")


class RuleCause(NamedCause):
    item = child_of("CheckerRule", "about")


class RuleSource(CitedSource):
    item = child_of("CheckerRule", "sources")

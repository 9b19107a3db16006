from django.db import models
from django.utils.translation import gettext_lazy as _

from checker.models.cause import NamedCause
from checker.models.part import Part, Picked, child_of, in_words, key_field
from checker.models.rule import TriageLevel


class CheckerCase(Part):
    """A patient in their own words, and what the checker must tell them. Never a real patient."""

    key = key_field()
    text = models.TextField(_("in the patient's own words"))
    level = models.CharField(_("right level"), max_length=10, choices=TriageLevel)
    accept = models.JSONField(_("other levels that a panel would accept"), default=list, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [models.UniqueConstraint(fields=["checker", "key"], name="case_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def in_words(self) -> str:
        """What the patient answers, for lists."""
        return in_words(self.answers.all())


class CaseAnswer(Picked):
    """What this patient answers. A question without one is answered “not sure”."""

    item = child_of("CheckerCase", "answers")


class CaseCause(NamedCause):
    """An acceptable best fit. None: the truth is none of the checker's own causes."""

    item = child_of("CheckerCase", "causes")

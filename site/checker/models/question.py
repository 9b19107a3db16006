from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from checker.models.part import Part, Picked, child_of, key_field


class CheckerQuestion(Part):
    """One question to the patient, with its answers in order of worry."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency: asked first, decides about an ambulance")
        RED_FLAG = "red-flag", _("Red flag")
        DETAIL = "detail", _("Detail")

    key = key_field()
    text = models.CharField(_("question"), max_length=200, help_text=_("Short, and one question."))
    hint = models.TextField(_("hint"), blank=True, help_text=_("A second line under the question."))
    why = models.TextField(_("why we ask"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DETAIL)
    scale = models.BooleanField(
        _("answers run from “no” to the most worrying"),
        default=True,
        help_text=_("Untick for a plain fact such as age, whose answers have no order of worry."),
    )
    crowd_note = models.TextField(
        _("where the crowd's numbers come from"),
        blank=True,
        help_text=_("Name the study, or say that it is an estimate."),
    )

    class Meta(Part.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [models.UniqueConstraint(fields=["checker", "key"], name="question_key_once")]

    def __str__(self) -> str:
        return self.text

    @property
    def answers_in_words(self) -> str:
        """The answers in their order, for lists."""
        return " · ".join(option.text for option in self.options.all())


class CheckerOption(Orderable):
    """One possible answer."""

    asked = child_of("CheckerQuestion", "options")
    key = key_field(_("Short name in the files. Every question needs an answer “not-sure”."))
    text = models.CharField(_("answer"), max_length=200)
    said = models.CharField(
        _("as the result repeats it"),
        max_length=255,
        blank=True,
        help_text=_("To the patient: “One of your calves is clearly swollen.”"),
    )
    share = models.DecimalField(
        _("how common (crowd)"),
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("Share of people who give this answer, from 0 to 1. For the simulated crowd."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["asked", "key"], name="option_key_once")]

    def __str__(self) -> str:
        return self.text


class QuestionCondition(Picked):
    """The question is asked only after one of these answers (to each question named)."""

    item = child_of("CheckerQuestion", "asked_after")

"""What every part of a working copy has in common."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin

from checker.models.release import Checker


class Part(RevisionMixin, ClusterableModel, Orderable):
    """A question, rule, sign, cause or case that clinicians edit. Visitors never meet it.

    Deliberately without Wagtail's drafts, workflows and schedules: nothing here can be published.
    The public gets a release, and a release is only made through the gate.
    """

    checker = models.ForeignKey(
        Checker, models.PROTECT, verbose_name=_("checker"), related_name="%(class)ss"
    )
    section = models.CharField(
        _("section"),
        max_length=160,
        blank=True,
        help_text=_("Starts a new part of the list: a heading above this entry in the files."),
    )
    note = models.TextField(
        _("note for colleagues"),
        blank=True,
        help_text=_("Why it is as it is. Kept with the entry in the files; patients never see it."),
    )

    sort_order: "int | None"

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.sort_order is None:
            others = type(self)._default_manager.filter(checker=self.checker)
            last = others.aggregate(last=Max("sort_order"))["last"]
            self.sort_order = 0 if last is None else last + 1
        super().save(*args, **kwargs)


def key_field(help_text: Any = "") -> "models.SlugField[str, str]":
    return models.SlugField(
        _("key"),
        max_length=80,
        help_text=help_text or _("Short name in the files, such as “clot-in-lung”."),
    )


class Picked(models.Model):
    """One answer that a rule, a sign, a case or a question's condition names.

    The question is kept beside the option so that “Usage” of a question finds it, and so that
    neither can be deleted while something rests on it.
    """

    question = models.ForeignKey("checker.CheckerQuestion", models.PROTECT, related_name="+")
    option = models.ForeignKey("checker.CheckerOption", models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.question}: {self.option}"


class CitedSource(Orderable):
    """A source of the library that carries a rule or a sign."""

    source = models.ForeignKey(
        "library.Source", models.PROTECT, verbose_name=_("source"), related_name="+"
    )

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.source)


def in_words(picked: Iterable[Picked]) -> str:
    """“Question? → answer / answer; and question? → answer”."""
    groups: dict[str, list[str]] = {}
    for one in sorted(
        picked, key=lambda row: (row.question.sort_order or 0, row.option.sort_order)
    ):
        groups.setdefault(one.question.text, []).append(one.option.text)
    conditions = [f"{question} → {' / '.join(options)}" for question, options in groups.items()]
    return f"; {_('and')} ".join(conditions)


def child_of(model: str, related_name: str) -> Any:
    """The link from a row inside a part to that part. Saved, undone and compared with it."""
    return ParentalKey(model, on_delete=models.CASCADE, related_name=related_name)

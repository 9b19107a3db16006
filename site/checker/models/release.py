"""Immutable, numbered releases of a checker's rules.

A visitor only ever meets a release. There is one way to make one, and it leads through the gate:
``Release.save`` runs it whoever calls, and ``Checker.save`` refuses a live release that is not
certified. ``checker.releases`` checks the digest once more before it serves one.
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from checker.certificate import certificate_for, is_certified
from checker.ordered_json import OrderedJSONField


class ReleaseRefused(Exception):  # noqa: N818 - it reads as what it is
    """The gate, or the release's immutability, says no. The message says why."""


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Bulk changes would go round the gate, so there are none."""

    def update(self, **kwargs: Any) -> int:
        raise ReleaseRefused("A release never changes. Make a new one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ReleaseRefused("A release is never deleted: it is the record of what was public.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list["Release"]:  # type: ignore[override]
        raise ReleaseRefused("Releases are made one by one, through the gate.")

    bulk_update = bulk_create  # type: ignore[assignment]


class Checker(models.Model):
    """One symptom checker and which of its releases the public gets."""

    name = models.SlugField(_("name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    live = models.ForeignKey(
        "Release",
        models.PROTECT,
        verbose_name=_("live release"),
        null=True,
        blank=True,
        related_name="+",
    )
    is_down = models.BooleanField(
        _("taken down"),
        default=False,
        help_text=_("Visitors then get the static page “When to get help” and no questions."),
    )

    class Meta:
        verbose_name = _("checker")
        verbose_name_plural = _("checkers")
        permissions = [("take_down", _("Can take the checker down"))]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a live release that did not pass the gate; taking down is never refused."""
        if self.live is not None and not self.is_down and not self.live.may_be_live:
            raise ReleaseRefused("Only a release that passed the gate can be live.")
        if self.live is not None and self.live.checker_id != self.pk:
            raise ReleaseRefused("This release belongs to another checker.")
        super().save(*args, **kwargs)


def digest_of(snapshot: dict[str, Any]) -> str:
    """The hash that names this exact set of rules."""
    text = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


class Release(models.Model):
    """A frozen, numbered snapshot of all questions, rules, signs and cases."""

    checker = models.ForeignKey(Checker, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    created = models.DateTimeField(_("made on"), auto_now_add=True)
    snapshot = OrderedJSONField(_("rules"))
    crowd = OrderedJSONField(
        _("simulated crowd"),
        default=dict,
        blank=True,
        help_text=_("How common each answer is; the gate sends this crowd through the rules."),
    )
    digest = models.CharField(_("hash"), max_length=64, editable=False)
    certificate = models.CharField(max_length=64, editable=False)
    gate = OrderedJSONField(_("gate report"), default=dict, editable=False)
    note = models.TextField(_("note"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        related_name="+",
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["checker", "number"], name="release_number_once"),
            models.CheckConstraint(
                condition=models.Q(author__isnull=True)
                | models.Q(approver__isnull=True)
                | ~models.Q(author=models.F("approver")),
                name="release_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checker.title} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ReleaseRefused("A release never changes. Make a new one.")
        if self.author is not None and self.author == self.approver:
            raise ReleaseRefused("Nobody approves their own release. Ask a second person.")
        self.gate = self._pass_gate()
        self.digest = digest_of(self.snapshot)
        self.certificate = certificate_for(self.digest)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ReleaseRefused("A release is never deleted: it is the record of what was public.")

    @property
    def may_be_live(self) -> bool:
        """The snapshot is the one that passed the gate, unchanged since.

        A certificate holds under one secret key. Where the key was changed, or the row came from
        elsewhere, the rules are put through the gate again instead.
        """
        if digest_of(self.snapshot) != self.digest:
            return False
        return is_certified(self.digest, self.certificate) or self._passes_again()

    def _passes_again(self) -> bool:
        try:
            self._pass_gate()
        except ReleaseRefused:
            return False
        return True

    def _pass_gate(self) -> dict[str, Any]:
        from checker.engine import parse
        from checker.gate import run_gate, sentence

        report = run_gate(parse(**self.snapshot), self.crowd or None)
        if not report.passed:
            raise ReleaseRefused("\n".join(sentence(finding) for finding in report.failures))
        return report.as_dict()

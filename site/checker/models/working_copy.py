from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from checker.models.release import Checker
from checker.ordered_json import OrderedJSONField


class WorkingCopy(RevisionMixin, models.Model):
    """What belongs to a checker's unreleased rules as a whole, and what the gate last said of them.

    The introductions are the comments at the top of the files of ``content/checkers/<name>/``.
    """

    checker = models.OneToOneField(
        Checker, models.PROTECT, verbose_name=_("checker"), related_name="working_copy"
    )
    title = models.CharField(_("title"), max_length=120)
    about_questions = models.TextField(_("introduction to the questions"), blank=True)
    about_rules = models.TextField(_("introduction to the rules"), blank=True)
    about_signs = models.TextField(_("introduction to the signs"), blank=True)
    about_cases = models.TextField(_("introduction to the cases"), blank=True)
    about_crowd = models.TextField(_("introduction to the simulated crowd"), blank=True)
    report: "models.JSONField[dict[str, Any], dict[str, Any]]" = OrderedJSONField(
        default=dict, editable=False
    )
    report_digest = models.CharField(max_length=64, editable=False, blank=True)
    reported = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        permissions = [("view_workbench", _("Can open the checker workbench"))]

    def __str__(self) -> str:
        return self.title

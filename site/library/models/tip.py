from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page

from library.blocks.evidence import STRENGTHS
from library.models.clinical_page import ClinicalPage
from library.models.related_causes import RelatedCauses


class TipPage(RelatedCauses, ClinicalPage):
    """A habit or an exercise that helps to prevent or ease a cause."""

    class Kind(models.TextChoices):
        HABIT = "habit", _("Prevention tip")
        EXERCISE = "exercise", _("Exercise")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.HABIT)
    strength = models.CharField(_("strength of evidence"), max_length=10, choices=STRENGTHS)
    works_calf = models.BooleanField(
        _("rubs, heats or works a calf"),
        default=False,
        help_text=_("Such a page must open with the warning signs of a clot in the leg."),
    )

    cause_path = "tip_links__tip"
    parent_page_types = ["library.IndexPage"]
    subpage_types: list[str] = []
    template = "library/tip_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("answer"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("strength")]),
        FieldPanel("works_calf"),
        ClinicalPage.names_panel,
        ClinicalPage.care_panel,
        FieldPanel("body"),
        ClinicalPage.change_panel,
    ]

    class Meta:
        verbose_name = _("tip page")

    @property
    def kind_label(self) -> str:  # type: ignore[override]
        return str(self.Kind(self.kind).label)

    @property
    def needs_card(self) -> bool:  # type: ignore[override]
        """An exercise can be done while something urgent is the matter; a habit seldom is."""
        return self.kind == self.Kind.EXERCISE

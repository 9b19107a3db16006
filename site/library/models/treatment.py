from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from library.models.clinical_page import ClinicalPage
from library.models.related_causes import RelatedCauses


class TreatmentPage(RelatedCauses, ClinicalPage):
    """A medicine, a procedure or other care, with who should not have it."""

    class Kind(models.TextChoices):
        MEDICINE = "medicine", _("Medicine")
        PROCEDURE = "procedure", _("Procedure")
        CARE = "care", _("Care without medicine")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)

    cause_path = "treatment_links__treatment"
    review_months = 12
    parent_page_types = ["library.IndexPage"]
    needs_card = True
    subpage_types: list[str] = []
    template = "library/treatment_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("answer"),
        FieldPanel("kind"),
        ClinicalPage.names_panel,
        ClinicalPage.care_panel,
        FieldPanel("body"),
        ClinicalPage.change_panel,
    ]

    class Meta:
        verbose_name = _("treatment page")

    @property
    def kind_label(self) -> str:  # type: ignore[override]
        return str(self.Kind(self.kind).label)

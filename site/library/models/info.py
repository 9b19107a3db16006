from django.utils.translation import gettext_lazy as _

from library.models.clinical_page import ClinicalPage


class InfoPage(ClinicalPage):
    """About, privacy, accessibility, contact, myths."""

    parent_page_types = ["library.HomePage", "library.TopicPage"]
    subpage_types: list[str] = []
    template = "library/info_page.html"
    kind_label = _("Information")
    content_panels = [
        *ClinicalPage.content_panels[:3],
        ClinicalPage.care_panel,
        *ClinicalPage.content_panels[3:],
    ]

    class Meta:
        verbose_name = _("information page")

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from library import fresh
from library.listed import listed
from library.models.clinical_page import ClinicalPage

#: Heading of each group of pages.
PLURALS = {
    "habit": _("Prevention tips"),
    "exercise": _("Exercises"),
    "medicine": _("Medicines"),
    "procedure": _("Procedures"),
    "care": _("Care without medicine"),
}


#: So many pages make a list that a reader can still look through.
A_PART = 120


class IndexPage(ClinicalPage):
    """Lists the treatments or the tips, grouped by their kind."""

    class Lists(models.TextChoices):
        TREATMENT = "treatment", _("Treatments")
        TIP = "tip", _("Prevention tips and exercises")

    lists = models.CharField(_("lists"), max_length=10, choices=Lists)

    parent_page_types = ["library.HomePage"]
    subpage_types = ["library.TreatmentPage", "library.TipPage"]
    template = "library/index_page.html"
    asks_feedback = False
    kind_label = _("List")
    content_panels = [
        *ClinicalPage.content_panels[:3],
        FieldPanel("lists"),
        ClinicalPage.care_panel,
        *ClinicalPage.content_panels[3:],
    ]

    class Meta:
        verbose_name = _("index page")

    def part(self, wanted: str | None) -> Any:
        """Its pages, kind by kind and each by title: all, or one part of a long list."""
        from library.models import TipPage, TreatmentPage

        model = TipPage if self.lists == self.Lists.TIP else TreatmentPage
        place = Case(*(When(kind=kind, then=n) for n, kind in enumerate(model.Kind.values)))
        pages = model.objects.live().child_of(self).defer_streamfields()
        return Paginator(pages.order_by(place, "title", "pk"), A_PART).get_page(wanted)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        with fresh.exactly(fresh.TREE):
            part = self.part(request.GET.get("page"))
            pages = list(part)
        fresh.uses(*(fresh.summary(page.pk) for page in pages))
        if part.has_other_pages():
            fresh.uses(fresh.NAMES)  # another title can push a page into this part
        by_kind = groupby(pages, key=lambda page: page.kind)
        groups = [(str(PLURALS[kind]), listed(group, request)) for kind, group in by_kind]
        return {**super().get_context(request, *args, **kwargs), "part": part, "groups": groups}

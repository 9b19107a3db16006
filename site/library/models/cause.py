from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from library.models.clinical_page import ClinicalPage
from library.models.relations import CauseTip, CauseTreatment
from library.models.tip import TipPage
from library.models.treatment import TreatmentPage
from library.neighbours import Beside
from library.related import related
from library.together import Rows, known_together, rows_for


class CauseQuerySet(PageQuerySet):
    def main(self) -> "CauseQuerySet":
        """The causes that a topic compares, in their order; look-alikes are left out."""
        return self.filter(role=CausePage.Role.CAUSE).order_by("path")


class CausePage(ClinicalPage):
    """One cause of the topic's symptoms, or a condition that looks like one."""

    class Role(models.TextChoices):
        CAUSE = "cause", _("A cause: stands in the comparison table")
        LOOKALIKE = "look-alike", _("A look-alike: another condition to tell apart")

    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CAUSE)
    key = models.SlugField(
        _("checker key"),
        max_length=40,
        blank=True,
        help_text=_("What the symptom checker calls this cause, for example disc_herniation."),
    )
    feels = models.CharField(_("how it feels"), max_length=160, blank=True)
    where = models.CharField(_("where"), max_length=160, blank=True)
    worse = models.CharField(_("what makes it worse"), max_length=160, blank=True)
    eases = models.CharField(_("what eases it"), max_length=160, blank=True)
    swelling = models.CharField(_("is there real swelling"), max_length=160, blank=True)
    how_soon = models.CharField(_("how soon to get help"), max_length=160, blank=True)
    icd10 = models.CharField(_("ICD-10 code"), max_length=80, blank=True)
    icd11 = models.CharField(_("ICD-11 code"), max_length=80, blank=True)
    snomed = models.CharField(_("SNOMED CT code"), max_length=80, blank=True)

    objects: ClassVar[PageManager] = PageManager.from_queryset(CauseQuerySet)()

    review_months = 12
    parent_page_types = ["library.TopicPage"]
    needs_card = True
    subpage_types: list[str] = []
    template = "library/cause_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("answer"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("key")]),
        ClinicalPage.names_panel,
        ClinicalPage.care_panel,
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("feels", "where", "worse", "eases", "swelling", "how_soon")
            ],
            heading=_("In the comparison table"),
            help_text=_("A few plain words each. The topic page shows them side by side."),
        ),
        FieldPanel("body"),
        MultipleChooserPanel("tip_links", chooser_field_name="tip", label=_("Prevention tip")),
        MultipleChooserPanel(
            "treatment_links", chooser_field_name="treatment", label=_("Treatment")
        ),
        MultipleChooserPanel(
            "lookalike_links", chooser_field_name="lookalike", label=_("Look-alike")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("icd10"), FieldPanel("icd11"), FieldPanel("snomed")])],
            heading=_("Codes"),
            classname="collapsed",
        ),
        ClinicalPage.change_panel,
    ]

    class Meta:
        verbose_name = _("cause page")

    @property
    def kind_label(self) -> str:  # type: ignore[override]
        return str(_("Cause") if self.is_main else _("Look-alike"))

    @property
    def is_main(self) -> bool:
        return self.role == self.Role.CAUSE

    def care_keys(self) -> list[str]:
        """Its own urgent signs always open the page, whatever else the editor has ticked."""
        own = [self.key] if self.key else []
        return own + [key for key in super().care_keys() if key not in own]

    def beside(self) -> Beside:
        """In the order of the topic: its causes, then what looks like them."""
        sisters = CausePage.objects.live().sibling_of(self)
        return Beside(self, sisters, ("role", "path"))

    @property
    def tips(self) -> list[TipPage]:
        return self._live("tip_links", "tip")

    @property
    def treatments(self) -> list[TreatmentPage]:
        return self._live("treatment_links", "treatment")

    def _live(self, links: str, name: str) -> list[Any]:
        """Pages that were unpublished are related still, and come back when they are live."""
        rows = getattr(self, links).select_related(name)
        found = related(self, lambda: (getattr(link, name) for link in rows))
        return [one for one in found if one.live]

    @property
    def lookalikes(self) -> list["CausePage"]:
        """Look-alikes named here and pages that name this one: stored once, shown at both ends."""
        return related(self, lambda: self._lookalikes().order_by("path"))

    def _lookalikes(self) -> "PageQuerySet[CausePage]":
        links = models.Q(lookalike_of__page=self) | models.Q(lookalike_links__lookalike=self)
        return CausePage.objects.live().filter(links).distinct()

    def _lists(self) -> tuple[Rows, ...]:
        tips = CauseTip.objects.filter(page=self, tip__live=True)
        treatments = CauseTreatment.objects.filter(page=self, treatment__live=True)
        return (
            rows_for("tips", tips, "tip__", F("sort_order"), F("tip__kind")),
            rows_for(
                "treatments", treatments, "treatment__", F("sort_order"), F("treatment__kind")
            ),
            rows_for("lookalikes", self._lookalikes()),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        names = ("tips", "treatments", "lookalikes")
        return {**context, **known_together(self, names, self._lists, request)}

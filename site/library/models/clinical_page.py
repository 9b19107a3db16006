from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from library import fresh
from library.fields import BodyField
from library.lines import LinesInput, split_lines
from library.listed import is_for_everyone
from library.neighbours import Beside
from library.publishing.guard import GuardedPublish
from library.reading import Reading, paths_above
from review.models import Reviewable
from review.panels import ReviewPanel
from review.status import ReviewStatus


class ClinicalPageForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "care" in self.fields:
            self.fields["care"].queryset = self._with_signs()

    def _with_signs(self) -> models.QuerySet[Any]:
        """Conditions that the checker knows the urgent signs of, and what is ticked already.

        A tick at any other shows nothing, and a large library has thousands of others.
        """
        from library.models import CausePage

        ticked = [cause.pk for cause in self.instance.care.all()] if self.instance.pk else []
        return CausePage.objects.filter(~models.Q(key="") | models.Q(pk__in=ticked))


@dataclass(frozen=True)
class Known:
    """What was asked together with a page's place (``library.routing``)."""

    #: Whether any page of the site is for some readers only.
    restrictions: bool
    #: Whether anybody ever signed this page.
    signed: bool


class ClinicalPage(GuardedPublish, Reviewable, Page):
    """What every page of the library has: a one-sentence answer, a body, urgent signs, a review."""

    answer = models.TextField(
        _("answer in one sentence"),
        max_length=300,
        help_text=_("Answers the reader's first question. It stands under the title."),
    )
    also_known_as = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("What people call it or type into a search box, one on each line."),
    )
    care = ParentalManyToManyField(
        "library.CausePage",
        verbose_name=_("urgent signs of"),
        blank=True,
        related_name="+",
        help_text=_(
            "Care cards with the urgent signs of these open the page. "
            "Their words come from the symptom checker's own rules."
        ),
    )
    body = BodyField(verbose_name=_("body"), blank=True)
    change_note = models.CharField(
        _("what changed, for readers"),
        max_length=300,
        blank=True,
        help_text=_(
            "One sentence for the page “What changed and why” and its feed. "
            "It is shown with the version it was written for, once; leave it after that."
        ),
    )

    names_panel = FieldPanel("also_known_as", widget=LinesInput)
    change_panel = FieldPanel("change_note")
    content_panels = [
        *Page.content_panels,
        FieldPanel("answer"),
        names_panel,
        FieldPanel("body"),
        change_panel,
    ]
    settings_panels = [ReviewPanel(heading=_("Clinical review")), *Page.settings_panels]
    care_panel = MultiFieldPanel(
        [FieldPanel("care", widget=forms.CheckboxSelectMultiple)], heading=_("Urgency comes first")
    )
    base_form_class = ClinicalPageForm
    search_fields = [
        *Page.search_fields,
        index.SearchField("answer", boost=2),
        index.SearchField("also_known_as", boost=3),
        index.AutocompleteField("also_known_as"),
        index.SearchField("body"),
    ]
    promote_panels = Page.promote_panels
    show_in_menus_default = False

    #: What this kind of page is called in lists and search results.
    kind_label = _("Page")
    #: Whether an urgency card must open it.
    needs_card = False
    #: Whether it ends with “Was this page clear?”.
    asks_feedback = True
    #: Set by the editor's form where nobody changed a word.
    keeps_version = False
    #: Set where it was found for a reader.
    known: Known | None = None
    #: The same as ``care_keys`` reads, where it was read for many pages together.
    ticked: list[str] | None = None

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """The newest version again where the editor's form says that this would be the same."""
        newest = self.latest_revision if self.keeps_version else None
        return newest or super().save_revision(*args, **kwargs)

    @property
    def other_names(self) -> list[str]:
        return split_lines(self.also_known_as)

    def care_keys(self) -> list[str]:
        """Checker keys whose care cards open the page, in the order of the checker."""
        if self.ticked is not None:
            return self.ticked
        with fresh.exactly(fresh.TREE, fresh.relations(self.pk)):
            keys = self.care.exclude(key="").order_by("path").values_list("key", flat=True)
            return list(keys)

    def _kept_care_keys(self, request: HttpRequest) -> list[str]:
        if not is_for_everyone(request):
            return self.care_keys()
        return fresh.kept(f"care cards of {self.pk}", self.care_keys)

    def beside(self) -> Beside | None:
        """The pages before and after it, where it stands in a list that is read in order."""
        return None

    def review_sources(self) -> list[Any]:
        """A reviewer wants to open them beside the page."""
        return [citation.source for citation in Reading(self).citations.values()]

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail's own, which asks for the pages above first, but in one query."""
        paths = [*paths_above(self), self.path, self.path[: self.steplen]]
        here_or_above = models.Q(page__path__in=paths) | models.Q(page__aliases__path__in=paths)
        fresh.uses(fresh.TREE, PageViewRestriction._meta.db_table)
        rows = PageViewRestriction.objects.all()
        if self.known is not None and not self.known.restrictions:  # few sites have any
            nothing = rows.none()
            nothing._result_cache = []  # else it is put together as SQL, and only then found empty
            return nothing
        return rows.filter(here_or_above).distinct()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reading = Reading(self, request)
        return {
            **context,
            "reading": reading,
            "care_keys": SimpleLazyObject(lambda: self._kept_care_keys(request)),
            "breadcrumbs": SimpleLazyObject(lambda: reading.breadcrumbs),
        }

    @cached_property
    def review_status(self) -> ReviewStatus:
        """Rows of reviews name the page that they are about (``config.serving.changes``)."""
        with fresh.exactly(fresh.page(self.pk), fresh.reviews(self.pk)):
            if self.known is not None and not self.known.signed:
                return ReviewStatus()
            return super().review_status

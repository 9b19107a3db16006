from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from library.models.clinical_page import ClinicalPage
from library.related import in_a_list

#: The first of the tree; all others stand in the A to Z, to which the page leads.
MOST_TOPICS, MOST_CAUSES = 12, 24


class HomePage(ClinicalPage):
    """The front door: is this urgent, the checker, the topics."""

    review_months = 12
    parent_page_types = ["wagtailcore.Page"]
    max_count = None
    template = "library/home_page.html"
    asks_feedback = False
    kind_label = _("Home")
    content_panels = [
        *Page.content_panels,
        FieldPanel("answer"),
        FieldPanel("body"),
        ClinicalPage.change_panel,
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from library.models import CausePage, TopicPage

        context = super().get_context(request, *args, **kwargs)
        topics = TopicPage.objects.live().descendant_of(self).defer_streamfields()
        causes = CausePage.objects.main().live().descendant_of(self).defer_streamfields()
        first = topics.order_by("path")[:MOST_TOPICS]
        context["topics"] = SimpleLazyObject(lambda: in_a_list(lambda: first))
        context["causes"] = SimpleLazyObject(lambda: in_a_list(lambda: causes[:MOST_CAUSES]))
        return context

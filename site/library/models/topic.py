from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from library.listed import listed
from library.models.clinical_page import ClinicalPage
from library.related import in_a_list


class TopicPage(ClinicalPage):
    """A reader's question: its care cards, the table of its causes, the way to the checker."""

    review_months = 12
    parent_page_types = ["library.HomePage"]
    needs_card = True
    subpage_types = ["library.CausePage", "library.InfoPage"]
    template = "library/topic_page.html"
    kind_label = _("Topic")
    content_panels = [
        *ClinicalPage.content_panels[:3],
        ClinicalPage.care_panel,
        *ClinicalPage.content_panels[3:],
    ]

    class Meta:
        verbose_name = _("topic page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from library.models import CausePage

        context = super().get_context(request, *args, **kwargs)
        below = CausePage.objects.live().child_of(self).order_by("path")
        conditions = in_a_list(below.defer_streamfields)
        context["causes"] = [page for page in conditions if page.is_main]
        others = (page for page in conditions if not page.is_main)
        context["lookalikes"] = listed(others, request)
        return context

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.tables import UsageCountColumn
from wagtail.models import ReferenceIndex


class WhereUsed(UsageCountColumn):
    """How many pages name this snippet, leading to the list of them."""

    def get_value(self, instance: Any) -> int:
        usage = instance.snippet_viewset.get_url_name("usage")
        instance.usage_url = reverse(usage, args=[instance.pk])
        return int(ReferenceIndex.get_grouped_references_to(instance).count())

"""The inbox of readers' feedback."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from library.models import Feedback


class ReadersWritePolicy(ModelPermissionPolicy):
    """Feedback comes from readers: nobody in the admin can make some up, superusers included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(Feedback, ReadersWritePolicy(Feedback))


class FeedbackFilterSet(WagtailFilterSet):
    """By page too, but only those that have any: a large library has thousands of others."""

    page = django_filters.ModelChoiceFilter(
        label=_("Page"),
        queryset=lambda _request: Page.objects.filter(pk__in=Feedback.objects.values("page")),
    )

    class Meta:
        model = Feedback
        fields = ["state", "clear", "day", "page"]


class FeedbackViewSet(ModelViewSet):
    model = Feedback
    name = "feedback"
    icon = "comment"
    menu_label = _("Feedback")
    menu_order = 160
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["page", "clear", "words", "day", "state"]
    filterset_class = FeedbackFilterSet
    list_export = ["page", "clear", "words", "day", "state"]
    search_fields = ["words", "page__title"]
    panels = Feedback.panels


@hooks.register("register_admin_viewset")
def feedback() -> FeedbackViewSet:
    return FeedbackViewSet()

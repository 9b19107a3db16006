"""A page that was saved without a change stays the version that a clinician signed."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages


class UntouchedStaysTheVersion:
    """Wagtail makes a version of every save. Each would ask a clinician to sign the same words."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        page = form.instance
        page.keeps_version = not form.has_changed() and not view.is_reverting
        if page.keeps_version and view.action_name == "publish" and _is_published(page):
            title = page.get_admin_display_title()
            text = _("Nothing was changed: “%(title)s” stays published as it is.")
            messages.info(view.request, text % {"title": title})
            away: HttpResponse = view.redirect_away()
            return away
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return answer


def _is_published(page: Any) -> bool:
    newest_is_live = page.latest_revision_id == page.live_revision_id
    return bool(page.live and newest_is_live and not page.has_unpublished_changes)

"""A page that cannot be saved, because the disk is full or cannot be written to, is not lost."""

import logging
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class KeepsWhatWasWritten:
    """The editor comes back with every word in it, and says what is wrong."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        except (OperationalError, TransactionManagementError) as error:
            if getattr(self, "form", None) is None or getattr(self, "expects_json_response", False):
                raise
            logger.error("A page could not be saved: %s", error)
            return self._with_every_word(request)
        return answer

    def _with_every_word(self, request: HttpRequest) -> HttpResponse:
        messages.error(
            request,
            _(
                "Nothing was saved: the server cannot write to its disk just now. Your words are "
                "still here. Leave this window open and save again in a few minutes."
            ),
        )
        self.has_content_changes = True
        view: Any = self
        answer: HttpResponse = view.render_to_response(view.get_context_data())
        answer.status_code = 503
        return answer

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import cached_property

from review.status import ReviewStatus, status_of


class Reviewable(models.Model):
    """A page that a clinician must look at again by a date.

    Until a clinician of the owner's own clinic has signed it, the page says so to its readers:
    nobody should take the starter library for clinically approved. Holds no column: who signed
    belongs to the page, while columns of a page come back when an old version is published.
    """

    #: How long a sign-off of this kind of page stays good.
    review_months = 24

    class Meta:
        abstract = True

    @cached_property
    def review_status(self) -> ReviewStatus:
        """What readers are told of the version that is live. One query."""
        return status_of(self.pk, self.live_revision_id)  # type: ignore[attr-defined]

    def review_sources(self) -> Iterable[Any]:
        """What the page stands on, for a reviewer to open."""
        return ()


def reviewable_models() -> list[type[models.Model]]:
    """Every kind of page that a clinician signs."""
    return [model for model in apps.get_models() if issubclass(model, Reviewable)]

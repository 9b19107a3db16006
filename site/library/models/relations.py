"""What a cause is related to: stored once, on the cause, and shown at both ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class CauseTip(Orderable):
    """This tip helps to prevent or ease this cause."""

    page = ParentalKey("library.CausePage", on_delete=models.CASCADE, related_name="tip_links")
    tip = models.ForeignKey(
        "library.TipPage", models.CASCADE, related_name="tip_links", verbose_name=_("tip")
    )


class CauseTreatment(Orderable):
    """This treatment is used, or asked about, for this cause."""

    page = ParentalKey(
        "library.CausePage", on_delete=models.CASCADE, related_name="treatment_links"
    )
    treatment = models.ForeignKey(
        "library.TreatmentPage",
        models.CASCADE,
        related_name="treatment_links",
        verbose_name=_("treatment"),
    )


class CauseLookalike(Orderable):
    """These two can be taken for each other."""

    page = ParentalKey(
        "library.CausePage", on_delete=models.CASCADE, related_name="lookalike_links"
    )
    lookalike = models.ForeignKey(
        "library.CausePage",
        models.CASCADE,
        related_name="lookalike_of",
        verbose_name=_("look-alike"),
    )

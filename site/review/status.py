"""Where a page stands: signed, changed since, overdue or never signed.

The sign-off that counts is the one of the newest version that is not newer than the live one. It
stands for the live version if it is of that very version, or if all that came after it was marked
as not clinical. Readers ask for one page and reports for all, so the pieces are shared and a test
holds both answers together.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from review.models.request import ReviewRequest
from review.models.sign_off import NotClinicalChange, SignOff

FIELDS = ("signed_at", "valid_until", "name", "profession")


class State(models.TextChoices):
    UNSIGNED = "unsigned", _("Never signed")
    CHANGED = "changed", _("Changed since it was signed")
    OVERDUE = "overdue", _("Review overdue")
    SIGNED = "signed", _("Signed")


@dataclass(frozen=True)
class ReviewStatus:
    """What is known of the version that readers see."""

    state: str = State.UNSIGNED
    name: str = ""
    profession: str = ""
    signed_at: datetime | None = None
    next_review: date | None = None

    @property
    def is_overdue(self) -> bool:
        """Also true of a page that has changed as well."""
        return self.next_review is not None and self.next_review < timezone.localdate()

    @property
    def label(self) -> str:
        return str(State(self.state).label)


def counting_sign_offs(page: Any, live_revision: Any) -> QuerySet[SignOff]:
    """Those of a page that may count, the one that does first."""
    sign_offs = SignOff.objects.filter(page=page, revision__lte=live_revision)
    return sign_offs.order_by("-revision", "-pk")


def first_open_request(page: Any) -> QuerySet[Any, Any]:
    """The earliest date that somebody asked for and no published sign-off has met since."""
    met = SignOff.objects.filter(
        page=OuterRef("page"),
        signed_at__gte=OuterRef("created"),
        revision__lte=OuterRef("page__live_revision"),
    )
    waiting = ReviewRequest.objects.filter(~Exists(met), page=page)
    return waiting.order_by().values("page").annotate(first=Min("due")).values("first")


def status_of(page_id: int | None, live_revision_id: int | None) -> ReviewStatus:
    """Of one page, in one query."""
    if not page_id or not live_revision_id:
        return ReviewStatus()
    small = NotClinicalChange.objects.filter(sign_off=OuterRef("pk"), revision=live_revision_id)
    found = counting_sign_offs(page_id, live_revision_id).annotate(
        small=Exists(small), asked=Subquery(first_open_request(OuterRef("page")))
    )
    sign_off: Any = found.first()
    if sign_off is None:
        return ReviewStatus()
    due = min(filter(None, (sign_off.valid_until, sign_off.asked)))
    stands = sign_off.small or sign_off.revision_id == live_revision_id
    late = due < timezone.localdate()
    return ReviewStatus(
        state=(State.OVERDUE if late else State.SIGNED) if stands else State.CHANGED,
        name=sign_off.name,
        profession=sign_off.profession,
        signed_at=sign_off.signed_at,
        next_review=due,
    )


def with_review(pages: Any) -> Any:
    """Add ``review_state``, ``review_due`` and who signed to each page of a query."""
    live = OuterRef("live_revision")
    counting = counting_sign_offs(OuterRef("pk"), live)
    fields = {f"review_{field}": Subquery(counting.values(field)[:1]) for field in FIELDS}
    stands = Exists(SignOff.objects.filter(page=OuterRef("pk"), revision=live)) | Exists(
        NotClinicalChange.objects.filter(sign_off__page=OuterRef("pk"), revision=live)
    )
    return (
        pages.annotate(**fields)
        .annotate(review_asked=Subquery(first_open_request(OuterRef("pk"))))
        .annotate(review_due=_earlier("review_asked", "review_valid_until"))
        .annotate(
            review_state=Case(
                When(review_signed_at=None, then=Value(State.UNSIGNED)),
                When(~stands, then=Value(State.CHANGED)),
                When(review_due__lt=timezone.localdate(), then=Value(State.OVERDUE)),
                default=Value(State.SIGNED),
                output_field=models.CharField(),
            )
        )
    )


def _earlier(one: str, other: str) -> Case:
    """The earlier of two dates, either of which may be missing."""
    return Case(
        When(Q(**{f"{one}__isnull": True}), then=F(other)),
        When(Q(**{f"{other}__isnull": False, f"{other}__lt": F(one)}), then=F(other)),
        default=F(one),
    )

"""Telling people of reviews that come due: once for each date and each stage, in one mail each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Page

from review.mail import deliver
from review.models import ReminderSent
from review.reports import reviewable_pages

#: Days before the date at which a mail goes out, the last stage first.
STAGES = (0, 30, 90)
#: Who hears of pages that have no owner, or one who cannot be reached.
FALLBACK = "Safety lead"


@dataclass
class Sent:
    """What one run did."""

    mails: int = 0
    reminders: int = 0
    failed: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)


def stage(due: date, today: date) -> int | None:
    """The stage that a date has reached. A run that was missed sends one mail, not two."""
    return next((days for days in STAGES if due - today <= timedelta(days=days)), None)


def send_reminders(today: date | None = None) -> Sent:
    """Send what has not been sent yet. Safe to run again, and at the same time twice."""
    today = today or timezone.localdate()
    sent, fallback = Sent(), _fallback()
    waiting: dict[Any, list[tuple[Page, int]]] = defaultdict(list)
    horizon = today + timedelta(days=max(STAGES))
    due = reviewable_pages().filter(review_due__lte=horizon).select_related("owner")
    for page in due.order_by("review_due", "title"):
        reached = stage(page.review_due, today)
        people = [page.owner] if _reachable(page.owner) else fallback
        if reached is None:
            continue
        if not people:
            sent.nobody.append(page.title)
        for person in people:
            waiting[person].append((page, reached))
    for person, pages in waiting.items():
        _remind(person, pages, today, sent)
    return sent


def _remind(person: Any, pages: list[tuple[Page, int]], today: date, sent: Sent) -> None:
    """One mail. Its rows come first and go again if it fails: no reminder twice, none lost."""
    with transaction.atomic():
        fresh = [page for page, days in pages if _is_new(page, person, days)]
        if not fresh:
            return
        context = {
            "person": person,
            "late": [page for page in fresh if page.review_due <= today],
            "soon": [page for page in fresh if page.review_due > today],
            "base": get_admin_base_url() or "",
        }
        if deliver("reminder", person.email, context):
            sent.mails, sent.reminders = sent.mails + 1, sent.reminders + len(fresh)
        else:
            sent.failed.append(person.get_username())
            transaction.set_rollback(True)


def _is_new(page: Page, person: Any, days: int) -> bool:
    stamp = {"page_id": page.pk, "user": person, "due": page.review_due, "days": days}
    _row, made = ReminderSent.objects.get_or_create(**stamp)
    return made


def _reachable(person: Any) -> bool:
    return bool(person and person.is_active and person.email)


def _fallback() -> list[Any]:
    group = Group.objects.filter(name=FALLBACK).first()
    users = get_user_model()._default_manager.filter(groups=group) if group else ()
    return [user for user in users if _reachable(user)]

"""How long a sign-off stays good."""

import calendar
from datetime import date
from typing import Any

from django.utils import timezone


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def default_until(page: Any) -> date:
    """Each kind of page sets its own interval."""
    return add_months(timezone.localdate(), page.review_months)

from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from library.models import CausePage


def due_in_an_hour(cause: CausePage) -> None:
    cause.unpublish()
    cause.go_live_at = timezone.now() + timedelta(hours=1)
    cause.save_revision().publish()
    cause.refresh_from_db()


def ended_session() -> None:
    ended = timezone.now() - timedelta(days=1)
    Session.objects.create(session_key="ended", session_data="", expire_date=ended)


def test_what_is_due_is_done_and_a_second_time_nothing_is(library: None) -> None:
    cause = CausePage.objects.get(key="strain")
    due_in_an_hour(cause)
    assert not cause.live
    ended_session()
    later = timezone.now() + timedelta(hours=2)
    for _again in range(2):
        with mock.patch("django.utils.timezone.now", return_value=later):
            call_command("chores", verbosity=0, stdout=StringIO())
        cause.refresh_from_db()
        assert cause.live
        assert not Session.objects.exists()


def test_one_that_fails_keeps_no_other_from_its_work(library: None) -> None:
    ended_session()
    broken = mock.patch(
        "review.management.commands.send_review_reminders.Command.handle",
        side_effect=OSError("the mail server is away"),
    )
    with broken, pytest.raises(CommandError, match=r"Not done: send_review_reminders\."):
        call_command("chores", verbosity=0, stdout=StringIO())
    assert not Session.objects.exists()

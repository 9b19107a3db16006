"""The rules of a release are large: read once a process, and kept nowhere else."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checker.releases import _checked_rules, _live_rows, all_live

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(autouse=True)
def _as_after_a_start() -> None:
    _checked_rules.cache_clear()
    cache.clear()


def test_a_start_reads_them_with_their_release() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert all_live()
    assert len(captured) == 1


def test_what_is_kept_of_a_release_holds_none() -> None:
    [kept] = _live_rows()
    assert kept.live
    assert "snapshot" not in kept.live.__dict__

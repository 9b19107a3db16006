"""A changed secret key locks nobody out: rules are proved again, and taking down always works."""

from typing import Any

import pytest

from checker.models import Checker, Release, ReleaseRefused
from checker.releases import _checked_rules, live_release

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    _checked_rules.cache_clear()


def test_rules_that_pass_again_stay_live(settings: Any) -> None:
    settings.SECRET_KEY = "another-key-" * 6
    checker = Checker.objects.get()
    checker.save()
    assert live_release(checker.name) is not None


def test_a_changed_snapshot_is_refused_and_can_still_be_taken_down() -> None:
    checker = Checker.objects.select_related("live").get()
    assert checker.live is not None
    snapshot = {**checker.live.snapshot, "rules": {"rule": []}}
    super(type(Release.objects.all()), Release.objects.all()).update(snapshot=snapshot)
    checker = Checker.objects.get()
    with pytest.raises(ReleaseRefused):
        checker.save()
    checker.is_down = True
    checker.save()
    assert Checker.objects.get().is_down

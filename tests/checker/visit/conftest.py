"""A small checker of the tests' own, whose rules stay put while clinicians change the real ones."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "engine"))


@pytest.fixture
def small(db: None) -> Any:
    """Release 1 of the checker "leg" is live; it went through the gate like every other."""
    from visits import release_small

    return release_small()


@pytest.fixture
def patient(small: Any, client: Client) -> Any:
    from visits import Patient

    return Patient(client, "leg")


@pytest.fixture
def real(library: None) -> Any:
    """The starter library with its own checker, live."""
    from checker.releases import live_release

    found = live_release("back-and-calf")
    assert found is not None
    return found


@pytest.fixture
def somebody(real: Any, client: Client) -> Any:
    """Somebody at the real checker."""
    from visits import Patient

    return Patient(client, "back-and-calf")


@pytest.fixture
def signpost(settings: Any) -> None:
    settings.CHECKER_MODE = "signpost"

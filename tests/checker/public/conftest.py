"""Makes the small rulesets and the patient of the other tests importable here."""

import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "engine"), str(HERE.parent / "visit")]


@pytest.fixture
def real(library: None) -> Any:
    """The starter library with its own checker, live."""
    from checker.releases import live_release

    found = live_release("back-and-calf")
    assert found is not None
    return found


@pytest.fixture
def small(db: None) -> Any:
    from visits import release_small

    return release_small()

"""People at the editors' desk, and a page that has gone all the way."""

from typing import TYPE_CHECKING, Any

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from library.models import CausePage
    from review_desk import Desk


FIT_FOR_READERS = "library.publishing.reasons.reasons_against", lambda *_args: []


@pytest.fixture(scope="session")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """The small library as rows: to plant it takes longer than most tests at this desk."""
    from review_tree import plant
    from snapshot import rows_made_by

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(*FIT_FOR_READERS)
        return rows_made_by(plant)


@pytest.fixture
def desk(db: None, planted: Any, monkeypatch: pytest.MonkeyPatch) -> "Desk":
    """With a small library. Whether its pages are fit for readers is the library's own matter."""
    from review_desk import Desk
    from snapshot import put_rows

    monkeypatch.setattr(*FIT_FOR_READERS)
    put_rows(planted)
    return Desk()


@pytest.fixture
def writer(desk: "Desk") -> Any:
    return desk.person("Writer")


@pytest.fixture
def clinician(desk: "Desk") -> Any:
    return desk.person("Clinician")


@pytest.fixture
def cause(desk: "Desk") -> "CausePage":
    from library.models import CausePage

    return CausePage.objects.get(key="strain")


@pytest.fixture
def signed_page(desk: "Desk", cause: "CausePage", writer: Any, clinician: Any) -> Any:
    page = desk.sign(cause, writer, clinician)
    assert page.review_status.state == "signed"
    return page

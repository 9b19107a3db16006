"""What a load balancer is told."""

import pytest
from django.db import DatabaseError
from django.test import Client

from checker.models import Checker
from config import health


def test_the_process_lives_without_its_database(client: Client) -> None:
    # No database is allowed in this test, so asking it anything would fail.
    assert client.get("/healthz").status_code == 200


@pytest.mark.usefixtures("library")
def test_ready_when_everything_is_there(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "release": True, "disk": True}


@pytest.mark.usefixtures("library")
def test_not_ready_without_a_release(client: Client) -> None:
    Checker.objects.update(live=None)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["release"] is False


def test_not_ready_when_the_database_is_lost(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> bool:
        raise DatabaseError("gone")

    monkeypatch.setattr(health, "CHECKS", {"database": lost})
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": False, "disk": True}


def test_only_looking_is_allowed(client: Client) -> None:
    assert client.post("/readyz").status_code == 405

"""Whom to tell about a weakness (RFC 9116)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config.environment import contact

ADDRESS = "/.well-known/security.txt"


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_it_names_the_contact_and_when_to_look_again(settings: Any) -> None:
    settings.SECURITY_CONTACT = contact("security@example.org")
    settings.SITE_URL = "https://health.example.org"
    answer = Client().get(ADDRESS)
    told = fields(answer.content.decode())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == "mailto:security@example.org"
    assert told["Canonical"] == "https://health.example.org/.well-known/security.txt"
    left = datetime.fromisoformat(told["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.django_db
def test_without_a_contact_there_is_none() -> None:
    assert Client().get(ADDRESS).status_code == 404


@pytest.mark.parametrize("good", ["", "https://example.org/report", "mailto:a@example.org"])
def test_a_contact_that_programs_can_open_stays_as_it_is(good: str) -> None:
    assert contact(good) == good


@pytest.mark.parametrize("bad", ["example.org", "http://example.org", "us", "a@b\nExpires: never"])
def test_a_contact_that_they_cannot_open_stops_the_start(bad: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT"):
        contact(bad)

"""Everything a reader could see differently moves the stamp; what no reader sees does not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from checker.models import Checker
from config.serving.kept_pages import KeptPages
from config.serving.stamp import FileCounter
from library import fresh
from library.models import CausePage, GlossaryTerm, Source

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileCounter:
    made = FileCounter(tmp_path / "stamp")
    monkeypatch.setattr(fresh, "counter", made)
    return made


@pytest.fixture
def cause() -> CausePage:
    return CausePage.objects.get(key="strain")


def publish(cause: CausePage) -> None:
    cause.save_revision().publish()


def move(cause: CausePage) -> None:
    cause.get_next_siblings().last().move(cause, pos="left")


def restrict(cause: CausePage) -> None:
    PageViewRestriction.objects.create(page=cause, restriction_type="login")


def change_source(_cause: CausePage) -> None:
    Source.objects.first().save()


def change_term(_cause: CausePage) -> None:
    GlossaryTerm.objects.first().delete()


def take_checker_down(_cause: CausePage) -> None:
    checker = Checker.objects.get()
    checker.is_down = True
    checker.save()


def rename_site(_cause: CausePage) -> None:
    Site.objects.first().save()


SEEN = [
    publish,
    CausePage.unpublish,
    CausePage.delete,
    move,
    restrict,
    change_source,
    change_term,
    take_checker_down,
    rename_site,
]


@pytest.mark.parametrize("change", SEEN, ids=lambda change: change.__name__)
def test_what_readers_see_moves_the_stamp_once_it_is_committed(
    counter: FileCounter,
    cause: CausePage,
    change: Callable[[CausePage], Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = counter.read()
    with django_capture_on_commit_callbacks(execute=True):
        change(cause)
        assert counter.read() == before
    assert counter.read() > before


def test_a_draft_leaves_kept_pages_alone(
    counter: FileCounter, cause: CausePage, django_capture_on_commit_callbacks: Any
) -> None:
    before = counter.read()
    with django_capture_on_commit_callbacks(execute=True):
        cause.save_revision()
    assert counter.read() == before


def test_public_pages_can_be_kept_and_the_checker_cannot(client: Client, cause: CausePage) -> None:
    from config.serving.kept_pages import may_be_kept

    def keepable(url: str) -> bool:
        response = client.get(url)
        cookies = [("Set-Cookie", str(c)) for c in response.cookies]
        return may_be_kept(f"{response.status_code} OK", [*response.headers.items(), *cookies])

    assert all(keepable(url) for url in ("/", cause.url, "/a-z/", "/glossary/"))
    assert not keepable("/symptom-checker/back-and-calf/")
    assert not keepable("/nope/")


def test_the_server_wraps_django_in_production() -> None:
    from config.wsgi import application

    assert isinstance(application, KeptPages)

"""Every kind of answer carries the same guards, and each error page says whom to call."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Site

import in_process
from config.serving.kept_pages import KeptPages
from config.wsgi import build
from in_process import connection_stays
from library import brand
from library.models import SiteBrand

pytestmark = pytest.mark.usefixtures("library")
HOST = {"HTTP_HOST": "127.0.0.1"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    brand._seen.clear()
    yield
    brand._seen.clear()


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("images/logo.png", ContentFile(b"picture"))


def ask(address: str, method: str = "get", **more: Any) -> Any:
    client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
    answer = getattr(client, method)(address, secure=True, **more)
    if answer.streaming:
        list(answer.streaming_content)
        answer.close()
    return answer


def at_the_desk(address: str) -> Any:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client.get(address, secure=True)


def document() -> str:
    made = get_document_model()(title="Leaflet")
    made.file.save("leaflet.pdf", ContentFile(b"%PDF-1.7 leaflet"))
    return str(made.url)


def missing_page() -> Any:
    return ask("/nope/")


def lost_database() -> Any:
    connection_cursor = connection.cursor

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError("lost")

    connection.cursor = fail  # type: ignore[method-assign]
    try:
        return ask("/glossary/")
    finally:
        connection.cursor = connection_cursor  # type: ignore[method-assign]


ANSWERS: dict[str, tuple[int, Callable[[], Any]]] = {
    "page": (200, lambda: ask("/back-and-calf-pain/")),
    "checker": (200, lambda: ask("/symptom-checker/back-and-calf/")),
    "search": (200, lambda: ask("/search/?q=back")),
    "machine": (200, lambda: ask("/sitemap.xml")),
    "api": (200, lambda: ask("/api/v2/pages/")),
    "script": (200, lambda: ask("/sw.js")),
    "static": (200, lambda: ask("/static/css/site.css")),
    "media": (200, lambda: ask("/media/images/logo.png")),
    "document": (200, lambda: ask(document())),
    "admin": (200, lambda: at_the_desk("/admin/")),
    "account": (200, lambda: ask("/account/login/")),
    "account, signed in": (200, lambda: at_the_desk("/account/2fa/")),
    "redirect": (302, lambda: ask("/admin/pages/")),
    "health": (200, lambda: ask("/healthz")),
    "missing": (404, missing_page),
    "not allowed": (405, lambda: ask("/search/", "post")),
    "foreign form": (403, lambda: ask("/feedback/5/", "post")),
    "damaged": (400, lambda: ask("/", HTTP_HOST="evil.example")),
    "broken": (500, lost_database),
}


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_is_guarded(settings: Any, kind: str) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    status, make = ANSWERS[kind]
    answer = make()
    assert answer.status_code in (status, 404 if kind == "foreign form" else status)
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = "default-src 'self'" if kind in ("redirect", "admin") else "default-src 'none'"
    assert policy in headers["Content-Security-Policy"]
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


def test_an_answer_before_django_is_asked_is_guarded_too(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    made = ask("/healthz").headers
    told = in_process.ask(build(), "/", HTTP_COOKIE="\x00")
    assert told.status == 400
    guards = (
        *("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"),
        *("Cross-Origin-Resource-Policy", "Strict-Transport-Security", "Permissions-Policy"),
    )
    assert {name: told.headers[name] for name in guards} == {name: made[name] for name in guards}
    assert "default-src 'none'" in told.headers["Content-Security-Policy"]


def test_a_kept_page_carries_them_too() -> None:
    application = build()
    assert isinstance(application, KeptPages)
    with connection_stays():
        for _ in range(2):  # made, then kept
            told = in_process.ask(application, "/a-z/").headers
            assert told["X-Content-Type-Options"] == "nosniff"
            assert told["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "default-src 'none'" in told["Content-Security-Policy"]
    assert len(application._entries) == 1


@pytest.mark.usefixtures("media")
def test_what_was_uploaded_is_never_a_page_of_ours() -> None:
    answer = ask(document())
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert ask("/media/images/logo.png")["Content-Security-Policy"].startswith(
        "default-src 'none'; sandbox"
    )


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    "address",
    [
        "/media/documents/leaflet.pdf",
        "/media/share/1.png",
        "/media/images/../secret_key",
        "/media/images/..%2f..%2fsecret.png",
        "/media/images/a\\b.png",
        "/media/images/%00.png",
        "/media/images/gone.png",
        "/media/images/logo.svg",
        "/media/images/" + "a" * 5000 + ".png",
        "/media/images/",
    ],
)
def test_media_are_pictures_and_nothing_else(address: str) -> None:
    default_storage.save("documents/leaflet.pdf", ContentFile(b"%PDF-1.7"))
    default_storage.save("images/logo.svg", ContentFile(b"<svg/>"))
    assert ask(address).status_code == 404


def own_words() -> None:
    site = Site.objects.get(is_default_site=True)
    SiteBrand.objects.create(site=site, name="Riverside", country="cn")


@pytest.mark.parametrize("kind", ["missing", "damaged", "broken"])
def test_error_pages_say_whom_to_call_in_the_owners_words(kind: str) -> None:
    own_words()
    ask("/glossary/")
    if kind == "damaged":  # an address of ours, but nothing that can be read
        answer = ask("/feedback/5/", "post", data=b"x", content_type="multipart/form-data")
    else:
        answer = ANSWERS[kind][1]()
    html = answer.content.decode()
    assert answer.status_code in (400, 404, 500)
    assert 'Call <a href="tel:120">120</a>.' in html
    assert "Riverside" in html
    assert "local emergency number" not in html


def test_a_form_that_is_too_old_says_whom_to_call() -> None:
    own_words()
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/symptom-checker/back-and-calf/questions/breathing/", {"answer": "no"})
    assert answer.status_code == 403
    assert 'Call <a href="tel:120">120</a>.' in answer.content.decode()


def test_a_worker_that_has_seen_no_page_yet_names_the_numbers_of_several_countries() -> None:
    html = lost_database().content.decode()
    assert "Call your emergency number (999, 112, 911 or 120)." in html


def test_the_page_for_a_lost_database_asks_it_nothing() -> None:
    answer = lost_database()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()

"""Every way into the admin that takes a file leads through the same doors."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import files
import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from library.uploads import allowed

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PDF = b"%PDF-1.7 leaflet"
Way = Callable[[Client, Any], Any]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def old_picture() -> Any:
    file = ContentFile(files.photo("PNG"), name="old.png")
    return get_image_model().objects.create(title="Old", file=file)


def old_document() -> Any:
    file = ContentFile(PDF, name="old.pdf")
    return get_document_model().objects.create(title="Old", file=file)


def by_form(client: Client, file: Any) -> Any:
    return client.post(reverse("wagtailimages:add"), {"title": "New", "file": file})


def many_at_once(client: Client, file: Any) -> Any:
    answer = client.post(reverse("wagtailimages:add_multiple"), {"title": "New", "files[]": file})
    assert answer.status_code == 200
    return answer


def in_a_chooser(client: Client, file: Any) -> Any:
    address = reverse("wagtailimages_chooser:create")
    return client.post(
        address, {"image-chooser-upload-title": "New", "image-chooser-upload-file": file}
    )


def in_place_of_another(client: Client, file: Any) -> Any:
    return client.post(
        reverse("wagtailimages:edit", args=[old_picture().pk]), {"title": "New", "file": file}
    )


def document_by_form(client: Client, file: Any) -> Any:
    return client.post(reverse("wagtaildocs:add"), {"title": "New", "file": file})


def documents_at_once(client: Client, file: Any) -> Any:
    return client.post(reverse("wagtaildocs:add_multiple"), {"title": "New", "files[]": file})


def document_in_a_chooser(client: Client, file: Any) -> Any:
    address = reverse("wagtaildocs_chooser:create")
    return client.post(
        address, {"document-chooser-upload-title": "New", "document-chooser-upload-file": file}
    )


def document_in_place_of_another(client: Client, file: Any) -> Any:
    return client.post(
        reverse("wagtaildocs:edit", args=[old_document().pk]), {"title": "New", "file": file}
    )


PICTURES: list[Way] = [by_form, many_at_once, in_a_chooser, in_place_of_another]
DOCUMENTS: list[Way] = [
    document_by_form,
    documents_at_once,
    document_in_a_chooser,
    document_in_place_of_another,
]


def kept(media: Path) -> bytes:
    return b"".join(path.read_bytes() for path in media.rglob("*.*"))


@pytest.mark.parametrize("way", PICTURES)
def test_a_picture_loses_what_it_tells(editor: Client, media: Path, way: Way) -> None:
    way(editor, files.upload("photo.jpg", files.photo()))
    made = get_image_model().objects.get(title="New")
    assert made.file.name.endswith(".jpg")
    assert (made.width, made.height) == (20, 40)
    assert files.SECRET.encode() not in kept(media)


BAD_PICTURES = {
    "svg": ("x.svg", files.SVG, "JPEG, PNG or WebP"),
    "svg in disguise": ("x.png", files.SVG, ""),
    "html in disguise": ("x.jpg", files.HTML, "Save it again as JPEG or PNG"),
    "bomb": ("x.png", files.bomb(), "too many pixels"),
    "gif": ("x.gif", b"GIF89a", ""),
    "half": ("x.jpg", files.photo()[:300], "Save it again as JPEG or PNG"),
}


@pytest.mark.parametrize("bad", BAD_PICTURES)
@pytest.mark.parametrize("way", PICTURES)
def test_what_is_no_picture_of_ours_stays_out(
    editor: Client, media: Path, way: Way, bad: str
) -> None:
    name, data, words = BAD_PICTURES[bad]
    answer = way(editor, files.upload(name, data, "image/png"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert words in (json.dumps(json.loads(text)) if text.startswith("{") else text)
    assert not get_image_model().objects.filter(title="New").exists()
    assert b"alert" not in kept(media)


@pytest.mark.parametrize("way", DOCUMENTS)
def test_a_document_comes_in(editor: Client, way: Way) -> None:
    way(editor, files.upload("new.pdf", PDF, "application/pdf"))
    with get_document_model().objects.get(title="New").file as made:
        assert made.read() == PDF


@pytest.mark.parametrize(("name", "data"), [("x.html", files.HTML), ("x.pdf", files.HTML)])
@pytest.mark.parametrize("way", DOCUMENTS)
def test_what_is_no_document_of_ours_stays_out(
    editor: Client, media: Path, way: Way, name: str, data: bytes
) -> None:
    answer = way(editor, files.upload(name, data, "application/pdf"))
    assert answer.status_code == 200
    assert not get_document_model().objects.filter(title="New").exists()
    assert b"alert" not in kept(media)


def test_nobody_has_a_profile_picture_which_would_be_kept_as_it_was_sent(
    editor: Client, media: Path
) -> None:
    address = reverse("wagtailadmin_account")
    page = editor.get(address).content.decode()
    assert "avatar" not in page.split("<form", 1)[1].split("</form>")[0]
    sent = {
        "name_email-first_name": "Ada",
        "name_email-last_name": "L",
        "name_email-email": "ada@example.org",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        "avatar-avatar": files.upload("photo.jpg", files.photo()),
        "password-old_password": "x",
        "password-new_password1": "a-new-one-of-mine",
        "password-new_password2": "a-new-one-of-mine",
    }
    answer = editor.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert get_user_model().objects.get().first_name == "Ada"
    assert not list(media.rglob("*.*"))
    assert reverse("account_change_password") in page


@pytest.mark.parametrize("way", PICTURES)
def test_too_many_bytes_are_refused_in_words(
    editor: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, way: Way
) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500
    answer = way(editor, files.upload("photo.jpg", files.photo()))
    assert "too big" in answer.content.decode()
    assert not get_image_model().objects.filter(title="New").exists()


def test_a_flood_is_cut_off_before_a_form_sees_it(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowed, "MOST_SENT", 1000)
    answer = by_form(editor, files.upload("photo.jpg", files.photo() + b"0" * 1000))
    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/search/", "/symptom-checker/x/replay/", "/feedback/1/"])
def test_readers_cannot_send_files(client: Client, address: str) -> None:
    answer = client.post(address, {"code": "x", "file": files.upload("a.txt", b"hello")})
    assert answer.status_code in (400, 404, 405)


def test_the_api_takes_no_files(client: Client) -> None:
    answer = client.post("/api/v2/pages/", {"file": files.upload("photo.jpg", files.photo())})
    assert answer.status_code in (400, 405)
    assert client.get("/api/v2/images/").status_code == 404
    assert client.get("/api/v2/documents/").status_code == 404

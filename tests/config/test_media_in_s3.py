"""Media in an S3: a real one as far as boto3 can tell, on loopback."""

import gc
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from moto.server import ThreadedMotoServer
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from config import services
from config.security import PUBLIC, PolicyMiddleware, header, with_media
from library.models import CausePage

#: django-storages leaves the closing of what it has read to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
PUBLIC_ADDRESS = "https://media.example.org/site/"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(
    endpoint: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The site keeps its media in this bucket, and has a disk that nothing may be written to."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "of-the-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-the-tests")
    made = boto3.resource("s3", endpoint_url=endpoint, region_name="eu-west-2").Bucket("media")
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    place = f"s3://media?endpoint={endpoint}&region=eu-west-2"
    storages = services.storages(place, PUBLIC_ADDRESS, hashed=False)
    settings.STORAGES = {**settings.STORAGES, "default": storages["default"]}
    settings.MEDIA_URL, settings.MEDIA_ROOT = PUBLIC_ADDRESS, tmp_path / "none"
    yield made
    gc.collect()
    made.objects.delete()
    made.delete()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1200, 800), "#5a2768").save(out, "PNG")
    return out.getvalue()


def keys(bucket: Any) -> set[str]:
    return {found.key for found in bucket.objects.all()}


@pytest.mark.usefixtures("library")
def test_a_picture_uploaded_in_the_admin_goes_to_the_bucket_and_readers_get_it_there(
    bucket: Any, client: Client, tmp_path: Path
) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    file = SimpleUploadedFile("leg.png", picture(), "image/png")
    sent = {"title": "A leg", "file": file, "description": "A swollen leg", "collection": 1}
    response = client.post("/admin/images/add/", sent)
    assert response.status_code == 302, response.content.decode()[:2000]
    image = get_image_model().objects.get(title="A leg")
    rendition = image.get_rendition("width-400")
    assert {image.file.name, rendition.file.name} <= keys(bucket)
    assert rendition.url == f"{PUBLIC_ADDRESS}{rendition.file.name}"
    with Image.open(BytesIO(bucket.Object(rendition.file.name).get()["Body"].read())) as shown:
        assert shown.width == 400
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("bucket")
def test_a_second_file_of_the_same_name_leaves_the_first_alone() -> None:
    names = {default_storage.save("leg.png", ContentFile(words)) for words in (b"one", b"two")}
    assert len(names) == 2


@pytest.mark.usefixtures("library")
def test_pictures_of_shared_links_are_drawn_once_and_kept_in_the_bucket(
    bucket: Any, client: Client
) -> None:
    html = client.get(CausePage.objects.get(key="strain").url).content.decode()
    found = re.search(r'property="og:image" content="http://testserver([^"]+)"', html)
    assert found, "the page names its picture"
    for _time in range(2):
        answer = client.get(found[1])
        assert answer.status_code == 200
        assert b"".join(answer).startswith(b"\x89PNG")  # type: ignore[arg-type]
    assert len([key for key in keys(bucket) if key.startswith("share/")]) == 1


@pytest.mark.usefixtures("library")
def test_documents_still_come_from_us_as_a_download(bucket: Any, client: Client) -> None:
    document = get_document_model().objects.create(
        title="Consent", file=ContentFile(b"%PDF-1.4 alert(1)", "consent.pdf")
    )
    assert document.file.name in keys(bucket)
    assert document.url.startswith("/documents/")
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer) == b"%PDF-1.4 alert(1)"  # type: ignore[arg-type]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("db")
def test_a_backup_holds_the_files_of_the_bucket_and_brings_them_back(
    bucket: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    document = get_document_model().objects.create(
        title="Consent", file=ContentFile(b"%PDF-1.4 consent", "consent.pdf")
    )
    file = tmp_path / "site.tar.gz"
    call_command("backup", str(file), stdout=StringIO())
    bucket.objects.delete()
    later = default_storage.save("documents/later.pdf", ContentFile(b"%PDF-1.4 later"))
    get_document_model().objects.create(title="Later", file=later)
    call_command("restore", str(file), "--replace", "--without-copy", stdout=StringIO())
    assert get_document_model().objects.get().title == "Consent"
    assert keys(bucket) == {document.file.name}
    assert bucket.Object(document.file.name).get()["Body"].read() == b"%PDF-1.4 consent"


@pytest.mark.usefixtures("db")
def test_with_a_lost_bucket_there_is_no_backup_and_words_for_it(
    bucket: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    get_document_model().objects.create(
        title="Consent", file=ContentFile(b"%PDF-1.4 consent", "consent.pdf")
    )
    lost = services.storages("s3://gone?endpoint=http://127.0.0.1:1", PUBLIC_ADDRESS, hashed=False)
    lost["default"]["OPTIONS"]["client_config"] = Config(retries={"max_attempts": 0})
    settings.STORAGES = {**settings.STORAGES, "default": lost["default"]}
    file = tmp_path / "backups" / "site.tar.gz"
    with pytest.raises(CommandError, match=r"media failed at documents/consent\.pdf \(Endpoint"):
        call_command("backup", str(file))
    assert list(file.parent.iterdir()) == []


def test_pictures_may_come_from_the_bucket_and_nothing_else_may(settings: Any) -> None:
    assert with_media(PUBLIC) == PUBLIC
    settings.MEDIA_URL = PUBLIC_ADDRESS
    told = header(with_media(PUBLIC))
    assert told.count("media.example.org") == 1
    assert "img-src 'self' data: https://media.example.org;" in told
    assert "https://media.example.org" in PolicyMiddleware(lambda _request: None).admin


@pytest.mark.parametrize(
    ("place", "public", "hint"),
    [
        ("https://s3.example.org/bucket", PUBLIC_ADDRESS, "s3://bucket"),
        ("s3://bucket/folder", PUBLIC_ADDRESS, "s3://bucket"),
        ("s3://bucket", "/media/", "MEDIA_URL"),
    ],
)
def test_what_is_missing_is_said(place: str, public: str, hint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=hint):
        services.storages(place, public, hashed=False)

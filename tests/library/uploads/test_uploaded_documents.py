"""A document is of a kind we name, and its content is what its name says."""

from pathlib import Path

import files
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from library.uploads import allowed, documents

MOST = 100_000
GOOD = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "docx": files.office("word"),
    "xlsx": files.office("xl"),
    "pptx": files.office("ppt"),
    "odt": files.open_document("text"),
    "ods": files.open_document("spreadsheet"),
    "odp": files.open_document("presentation"),
    "csv": "name,dose\nüber,1\n".encode(),
    "txt": b"Keep moving.",
}


def check(name: str, data: bytes, most: int = MOST) -> None:
    documents.check(ContentFile(data, name=name), most)


def test_the_same_kinds_are_named_everywhere() -> None:
    assert set(allowed.DOCUMENTS) == set(documents.KINDS) == set(GOOD)


@pytest.mark.parametrize("ending", GOOD)
def test_each_kind_is_taken(ending: str) -> None:
    check(f"leaflet.{ending}", GOOD[ending])
    check(f"LEAFLET.{ending.upper()}", GOOD[ending])


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.js", "a.docm", "a.zip", "a.pdf.exe", "a", ""]
)
def test_others_are_refused_with_those_we_take(name: str) -> None:
    with pytest.raises(ValidationError, match="We take PDF, Word"):
        check(name, GOOD["pdf"])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", files.HTML),
        ("a.pdf", b"   " + GOOD["pdf"]),
        ("a.pdf", files.HTML + GOOD["pdf"]),
        ("a.pdf", b""),
        ("a.txt", files.HTML),
        ("a.txt", b"  \r\n" + files.SVG),
        ("a.csv", b"\xef\xbb\xbf<?xml version='1.0'?>"),
        ("a.txt", b"MZ\x00\x01"),
        ("a.txt", b"\xff\xfe<\x00s\x00"),
        ("a.txt", b"\xc3("),
        ("a.docx", GOOD["xlsx"]),
        ("a.docx", GOOD["odt"]),
        ("a.docx", files.office("word", **{"word/vbaProject.bin": "macro"})),
        ("a.odt", GOOD["ods"]),
        ("a.odt", files.open_document("text", **{"Basic/script.xml": "macro"})),
        ("a.docx", GOOD["docx"][:60]),
        ("a.docx", files.HTML + GOOD["docx"]),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(ValidationError, match="not what its name says"):
        check(name, data)


def test_one_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_UNPACKED", 1000)
    check("a.docx", GOOD["docx"])
    with pytest.raises(ValidationError):
        check("a.docx", files.office("word", **{"word/big.xml": "0" * 1001}))


def test_too_large_says_how_large_it_may_be() -> None:
    with pytest.raises(ValidationError, match="Make it smaller than 1 MB"):
        check("a.txt", b"x" * (2**20 + 1), most=2**20)


@pytest.mark.django_db
def test_one_that_comes_past_every_form_is_looked_at_too() -> None:
    model = get_document_model()
    with pytest.raises(ValidationError):
        model(title="x", file=ContentFile(files.HTML, name="x.pdf")).save()
    model(title="y", file=ContentFile(GOOD["pdf"], name="y.pdf")).save()
    assert [made.title for made in model.objects.all()] == ["y"]


@pytest.mark.django_db
def test_one_that_was_stored_before_its_row_is_looked_at_too(media: Path) -> None:
    model = get_document_model()
    with pytest.raises(ValidationError):
        model(title="x").file.save("x.pdf", ContentFile(files.HTML))
    assert list(media.rglob("*.pdf")) == []
    made = model(title="y")
    made.file.save("y.pdf", ContentFile(GOOD["pdf"]))
    with model.objects.get().file as kept:
        assert kept.read() == GOOD["pdf"]

"""A document is of a kind we name, and its content is what its ending says."""

import zipfile
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

OFFICE = "[Content_Types].xml"
#: The first lines of HTML, SVG and scripts: a browser may run what begins like one of them.
CODE = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<?php", b"#!")
HEAD = 1024
#: A file that unpacks to more than this stops the program of whoever opens it.
MOST_UNPACKED = 500 * 2**20

WRONG_KIND = _("We take PDF, Word, Excel, PowerPoint, OpenDocument, CSV and plain text files.")
NOT_WHAT_IT_SAYS = _(
    "The content of this file is not what its name says. Save it again, then send it."
)
TOO_LARGE = _("This file is too large. Make it smaller than %(most)d MB and send it again.")


def check(file: File, most_bytes: int) -> None:
    """Raises ValidationError with what to do."""
    ending = (file.name or "").rpartition(".")[2].lower()
    if ending not in KINDS:
        raise ValidationError(WRONG_KIND, code="invalid_extension")
    if file.size > most_bytes:
        params = {"most": most_bytes // 2**20}
        raise ValidationError(TOO_LARGE, code="file_too_large", params=params)
    file.seek(0)
    try:
        fits = KINDS[ending](file)
    finally:
        file.seek(0)
    if not fits:
        raise ValidationError(NOT_WHAT_IT_SAYS, code="invalid_content")


def _is_pdf(file: File) -> bool:
    """From the first byte: readers forgive a PDF that begins later, and that is how it can be
    something else as well."""
    return bool(file.read(5) == b"%PDF-")


def _is_text(file: File) -> bool:
    data = file.read()
    start = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"\x00" in data or start.startswith(CODE):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_office(folder: str) -> Callable[[File], bool]:
    def fits(file: File) -> bool:
        names = _packed(file)
        macros = any(name.endswith("vbaProject.bin") for name in names)
        return OFFICE in names and any(n.startswith(folder) for n in names) and not macros

    return fits


def _is_open_document(kind: str) -> Callable[[File], bool]:
    expected = f"application/vnd.oasis.opendocument.{kind}".encode()

    def fits(file: File) -> bool:
        names = _packed(file)
        if "mimetype" not in names or any(n.startswith(("Basic/", "Scripts/")) for n in names):
            return False
        file.seek(0)
        with zipfile.ZipFile(file) as packed, packed.open("mimetype") as entry:
            return bool(entry.read(len(expected) + 1).strip() == expected)

    return fits


def _packed(file: File) -> list[str]:
    """Names in a ZIP that begins with its first byte and unpacks to a sensible size; else none."""
    if file.read(4) != b"PK\x03\x04":
        return []
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return []
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return []
    return [entry.filename for entry in entries]


KINDS: dict[str, Callable[[File], bool]] = {
    "pdf": _is_pdf,
    "docx": _is_office("word/"),
    "xlsx": _is_office("xl/"),
    "pptx": _is_office("ppt/"),
    "odt": _is_open_document("text"),
    "ods": _is_open_document("spreadsheet"),
    "odp": _is_open_document("presentation"),
    "csv": _is_text,
    "txt": _is_text,
}

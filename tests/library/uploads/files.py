"""Pictures and documents as people and attackers send them, made in memory."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

SECRET = "Ward 7, bed 3"
GPS = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20), *, exif: bool = True) -> bytes:
    """A picture, red on its left half, with everything in it that should not leave the house."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    notes[0x0112] = 6  # lies on its side: turn it clockwise to see it
    notes[0x010E] = notes[0x9286] = SECRET
    notes.get_ifd(0x8825).update(GPS)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = BytesIO()
    more: dict[str, object] = {"exif": notes, "icc_profile": profile} if exif else {}
    if kind == "JPEG":
        more["comment"] = SECRET
        more["quality"] = 95
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET)
        text.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
        more["pnginfo"] = text
    picture.save(out, kind, **more)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed(**files: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # of no date: the same in each worker
    return out.getvalue()


def office(folder: str, **more: str) -> bytes:
    return packed(**{"[Content_Types].xml": "<Types/>", f"{folder}/document.xml": "<x/>", **more})


def open_document(kind: str, **more: str) -> bytes:
    return packed(mimetype=f"application/vnd.oasis.opendocument.{kind}", **more)


def upload(name: str, data: bytes, content_type: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type or "application/octet-stream")

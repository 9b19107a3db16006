"""What is left of a picture: its pixels, the right way up, and nothing else."""

from io import BytesIO
from pathlib import Path

import files
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from library.uploads import pictures

ENOUGH = 1_000_000
NAMES = {"JPEG": "photo.jpg", "PNG": "photo.png", "WEBP": "photo.webp"}


def redrawn(name: str, data: bytes, most: int = ENOUGH) -> bytes:
    return pictures.redrawn(ContentFile(data, name=name), most).read()


@pytest.mark.parametrize("kind", NAMES)
def test_nothing_but_pixels_is_left(kind: str) -> None:
    data = files.photo(kind)
    assert files.SECRET.encode() in data, "the test's own picture tells something"
    clean = redrawn(NAMES[kind], data)
    assert files.SECRET.encode() not in clean
    with Image.open(BytesIO(clean)) as picture:
        assert picture.format == kind
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "comment", "Comment", "icc_profile"} & set(picture.info)


@pytest.mark.parametrize("kind", NAMES)
def test_it_stands_the_way_the_camera_was_held(kind: str) -> None:
    with Image.open(BytesIO(redrawn(NAMES[kind], files.photo(kind)))) as picture:
        assert picture.size == (20, 40)
        top, bottom = (picture.convert("RGB").getpixel((10, y)) for y in (5, 35))
    assert top[0] > 200 > bottom[0], "the left half is on top now"


def test_see_through_pixels_stay_so() -> None:
    out = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(redrawn("logo.png", out.getvalue()))) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((1, 1))[3] == 0


def test_see_through_colours_of_a_palette_stay_so() -> None:
    out = BytesIO()
    picture = Image.new("P", (4, 4), 1)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    picture.save(out, "PNG", transparency=1)
    with Image.open(BytesIO(redrawn("logo.png", out.getvalue()))) as clean:
        assert clean.convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1"])
def test_other_kinds_of_pixels_become_ones_that_browsers_show(mode: str) -> None:
    kind = "JPEG" if mode in ("L", "CMYK") else "PNG"
    out = BytesIO()
    Image.new(mode, (4, 4)).save(out, kind)
    with Image.open(BytesIO(redrawn(NAMES[kind], out.getvalue()))) as picture:
        assert picture.mode in ("L", "RGB")


def test_what_hides_behind_the_last_pixel_is_gone() -> None:
    assert b"alert" not in redrawn("photo.jpg", files.photo() + files.HTML)


def test_a_moving_picture_keeps_its_first_one() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    with Image.open(BytesIO(redrawn("move.webp", out.getvalue()))) as picture:
        assert getattr(picture, "n_frames", 1) == 1
        assert picture.convert("RGB").getpixel((1, 1))[0] > 200


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("picture.jpg", files.SVG),
        ("picture.png", files.HTML),
        ("picture.png", b""),
        ("picture.jpg", files.photo()[:300]),
        ("picture.png", files.photo("PNG")[:150]),
        ("picture.webp", files.photo("WEBP")[:60]),
        ("picture.png", files.photo("JPEG")),
        ("picture.jpg", b"GIF89a" + files.HTML),
    ],
)
def test_what_is_no_picture_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(ValidationError, match="Save it again as JPEG or PNG"):
        redrawn(name, data)


@pytest.mark.parametrize("name", ["picture.svg", "picture.gif", "picture", "picture.jpg.svg"])
def test_other_kinds_are_refused_by_name(name: str) -> None:
    with pytest.raises(ValidationError, match="JPEG, PNG or WebP"):
        redrawn(name, files.photo())


def test_too_many_pixels_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(ValidationError, match="too many pixels"):
        redrawn("bomb.png", files.bomb())
    with pytest.raises(ValidationError, match="too many pixels"):
        redrawn("photo.jpg", files.photo(), most=799)
    assert redrawn("photo.jpg", files.photo(), most=800)


@pytest.mark.django_db
def test_one_that_comes_past_every_form_is_drawn_again_too(media: Path) -> None:
    made = get_image_model()(title="x", file=ContentFile(files.photo(), name="photo.jpg"))
    made.save()
    (stored,) = (media / "original_images").iterdir()
    assert files.SECRET.encode() not in stored.read_bytes()
    assert (made.width, made.height) == (20, 40)
    made.refresh_from_db()
    assert made.file_size == stored.stat().st_size


@pytest.mark.django_db
def test_one_that_was_stored_before_its_row_is_drawn_again_too(media: Path) -> None:
    made = get_image_model()(title="x")
    made.file.save("photo.jpg", ContentFile(files.photo()))
    (stored,) = (media / "original_images").iterdir()
    assert files.SECRET.encode() not in stored.read_bytes()
    assert (made.width, made.height) == (20, 40)
    before = stored.read_bytes()
    again = get_image_model().objects.get(pk=made.pk)
    again.title = "y"
    again.save()  # what has come in is left alone
    assert (again.file.name, stored.read_bytes()) == (made.file.name, before)


@pytest.mark.django_db
def test_an_svg_that_was_stored_before_its_row_is_thrown_away(media: Path) -> None:
    with pytest.raises(ValidationError):
        get_image_model()(title="x").file.save("x.svg", ContentFile(files.SVG))
    assert not get_image_model().objects.exists()
    assert list(media.rglob("*.svg")) == []


@pytest.mark.django_db
def test_an_svg_that_comes_past_every_form_is_refused(media: Path) -> None:
    with pytest.raises(ValidationError):
        get_image_model()(title="x", file=ContentFile(files.SVG, name="x.svg")).save()
    assert not get_image_model().objects.exists()
    assert list(media.rglob("*.svg")) == []

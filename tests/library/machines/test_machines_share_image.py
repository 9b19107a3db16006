"""The picture of a shared link: made on demand, for public pages only, and new with a new title."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from library.machines import share_fonts, share_image
from library.machines.mark import outlines
from library.models import CausePage, TipPage
from library.models.brand import SiteBrand

LONG = "A very long title about a great many things that somebody has written without mercy " * 3


def address(client: Client, url: str) -> str:
    html = client.get(url).content.decode()
    found = re.search(r'og:image" content="http://testserver([^"]+)"', html)
    assert found
    return found[1]


def fetch(client: Client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / share_image.FOLDER


@pytest.mark.usefixtures("library")
def test_the_picture_is_made_once_and_kept(client: Client, media: Path) -> None:
    page = CausePage.objects.get(key="strain")
    url = address(client, page.url)
    first = client.get(url)
    data = b"".join(first.streaming_content)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert "immutable" in first["Cache-Control"]
    [kept] = media.iterdir()
    kept.write_bytes(b"kept")
    assert fetch(client, url) == b"kept"


@pytest.mark.usefixtures("library")
def test_a_new_title_has_a_new_picture_and_the_old_one_goes(client: Client, media: Path) -> None:
    page = CausePage.objects.get(key="strain")
    old = address(client, page.url)
    fetch(client, old)
    page.title = "Pulled muscle"
    page.save()
    new = address(client, page.url)
    assert new != old
    assert client.get(old).status_code == 404
    fetch(client, new)
    assert len(list(media.iterdir())) == 1


@pytest.mark.usefixtures("library")
def test_made_up_addresses_and_drafts_have_none(client: Client, media: Path) -> None:
    page = TipPage.objects.get(slug="walking")
    url = address(client, page.url)
    assert client.get(url.replace(".png", "0.png")).status_code == 404
    assert client.get("/share/999999-0123456789abcdef.png").status_code == 404
    page.unpublish()
    assert client.get(url).status_code == 404
    assert not media.exists()


def test_titles_of_any_length_stay_on_the_picture() -> None:
    for title in ("DVT", "Low back pain with calf pain or swelling", LONG, "x" * 90):
        lines, big = share_image.fitted(title)
        assert big is not None
        assert len(lines) <= share_image.MOST_LINES
        bottom = share_image.TOP + len(lines) * big.size * share_image.LEADING
        assert bottom < share_image.HEIGHT
        Image.open(BytesIO(share_image.draw(title, SiteBrand()))).verify()
    assert share_image.fitted(LONG)[0][-1].endswith("…")


def test_the_mark_is_three_closed_stones_inside_its_square() -> None:
    stones = outlines()
    assert len(stones) == 3
    assert all(0 <= x <= 40 and 0 <= y <= 40 for stone in stones for x, y in stone)


CHINESE, ARABIC = "腰痛伴小腿疼痛或肿胀", "ألم أسفل الظهر"


def ink(title: str) -> bytes:
    """Where the title stands; nothing of the name above it and the bar below it."""
    image = Image.open(BytesIO(share_image.draw(title, SiteBrand(logo_id=1)))).convert("L")
    return image.crop((0, share_image.TOP, share_image.WIDTH, 600)).tobytes()


@pytest.mark.parametrize("title", [CHINESE, ARABIC, "Back pain 腰痛"])
def test_a_title_that_no_font_can_write_is_left_out(monkeypatch: Any, title: str) -> None:
    monkeypatch.setattr(share_fonts, "_others", lambda _size: [])
    assert share_image.fitted(title) == ([], None)
    assert len(set(ink(title))) == 1
    assert len(set(ink("Back pain"))) > 1
    # Without a logo the mark takes its place
    assert share_image.draw(title, SiteBrand()) == share_image.draw(CHINESE, SiteBrand())


def test_other_fonts_of_the_machine_write_what_ours_lacks(monkeypatch: Any) -> None:
    other = share_fonts.font(76)  # of the same letters, and yet not the first that is tried
    asked = []

    def has_all(found: Any, text: str) -> bool:
        asked.append(found)
        return len(asked) > 1 and text == CHINESE

    monkeypatch.setattr(share_fonts, "_others", lambda _size: [other])
    monkeypatch.setattr(share_fonts, "has_all", has_all)
    assert share_fonts.font_for(CHINESE, 92) is other


def test_arabic_is_left_out_where_its_letters_would_not_join(monkeypatch: Any) -> None:
    monkeypatch.setattr(share_fonts, "_others", share_fonts._others.__wrapped__)
    monkeypatch.setattr(share_fonts.features, "check", lambda _name: False)
    assert share_fonts.font_for(ARABIC, 92) is None


def test_a_missing_letter_is_seen() -> None:
    house = share_fonts.font(64)
    assert share_fonts.has_all(house, "Low back pain: 9 in 10, “Æ” é")
    assert not share_fonts.has_all(house, "Low back 腰")


def test_titles_without_spaces_are_laid_over_lines() -> None:
    big = share_fonts.font(92)  # what matters here is where a line may end
    lines = list(share_image._wrapped(CHINESE * 3, big))
    assert len(lines) > 1
    assert "".join(lines) == CHINESE * 3
    assert list(share_image._wrapped("Low back pain", big)) == ["Low back pain"]


@pytest.mark.parametrize(
    ("title", "right"), [(ARABIC, True), ("3 in 10: " + ARABIC, False), (CHINESE, False)]
)
def test_a_title_begins_at_the_side_of_its_script(title: str, right: bool) -> None:
    assert share_fonts.is_from_the_right(title) is right


def test_without_the_house_font_the_picture_is_still_made(monkeypatch: Any) -> None:
    monkeypatch.setattr(share_fonts.finders, "find", lambda _name: __file__)
    assert share_fonts.font.__wrapped__(40, 700).getname()[0] != "Atkinson Hyperlegible Next"

"""What an owner sets reaches every page: name, colour that can be read, and whom to call."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from checker.engine import Level
from checker.levels import WORDS
from library import brand as words
from library import colour
from library.models import SiteBrand
from library.presets import ANYWHERE, PRESETS
from serving_site import settle

CAUSE = "/back-and-calf-pain/deep-vein-thrombosis/"
CHECKER = "/symptom-checker/back-and-calf/"
NUMBERS = {"uk": "999", "us": "911", "eu": "112", "au": "000", "cn": "120"}


def set_brand(**fields: str) -> SiteBrand:
    brand = SiteBrand(site=Site.objects.get(is_default_site=True), **fields)
    brand.full_clean()
    brand.save()
    return brand


def text_of(address: str) -> str:
    html = Client().get(address).content.decode()
    html = re.sub(r"<script\b.*?</script>", " ", html, flags=re.DOTALL)  # data for machines
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&amp;", "&").split())


@pytest.mark.usefixtures("library")
def test_without_a_country_several_numbers_are_named() -> None:
    assert "999, 112, 911 or 120" in text_of(CAUSE)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("country", PRESETS)
def test_a_country_fills_cards_and_footer_and_no_other_number_is_left(country: str) -> None:
    set_brand(country=country)
    for address in (CAUSE, CHECKER):
        text = text_of(address)
        assert f"Call {NUMBERS[country]} or go to {PRESETS[country].department} now if:" in text
        assert f"Call {NUMBERS[country]} or go to {PRESETS[country].department} now." in text
        assert "{" not in text
        assert not {"999", "911", "112"} - {NUMBERS[country]} & set(re.findall(r"\d+", text))


@pytest.mark.usefixtures("library")
def test_where_there_is_no_urgent_line_none_is_named() -> None:
    set_brand(country="us")
    assert "Get an urgent appointment today if:" in text_of(CAUSE)
    SiteBrand.objects.update(country="au")
    assert "or call Healthdirect on 1800 022 222, if:" in text_of(CAUSE)


@pytest.mark.usefixtures("library")
def test_own_words_win_over_those_of_the_country() -> None:
    set_brand(country="uk", name="Riverside", urgent_line="our nurses", urgent_number="0123 456")
    text = text_of(CAUSE)
    assert "Riverside" in text
    assert "Causeway" not in text
    assert "or call our nurses on 0123 456, if:" in text
    assert "NHS 111" not in text


@pytest.mark.usefixtures("library")
def test_each_site_has_its_own_words() -> None:
    set_brand(country="uk")
    other = Site.objects.create(hostname="other.example", root_page=Page.objects.get(slug="home"))
    SiteBrand.objects.create(site=other, country="cn")
    for host, number in (("testserver", "999"), ("other.example", "120")):
        request = RequestFactory().get("/", headers={"host": host})
        with_host: list[str] = []

        def shown(_request: object, told: list[str] = with_host) -> None:
            told.append(str(WORDS[Level.EMERGENCY].lead))

        settings.ALLOWED_HOSTS, before = ["*"], settings.ALLOWED_HOSTS
        try:
            words.branding(shown)(request)  # type: ignore[arg-type]
        finally:
            settings.ALLOWED_HOSTS = before
        assert f"Call {number} or" in with_host[0]


def test_outside_a_request_words_speak_to_any_country_without_a_query() -> None:
    assert str(ANYWHERE.emergency) in str(WORDS[Level.EMERGENCY].to_do[0])


@pytest.mark.usefixtures("library")
def test_the_settings_cost_no_query_of_their_own() -> None:
    client = Client()
    client.get("/")
    set_brand(country="uk", accent="#003d5c")
    settle()
    client.get("/")  # menu and owner are kept between requests, as in a running server
    with CaptureQueriesContext(connection) as captured:
        client.get(CAUSE)
    assert [query["sql"] for query in captured if "library_sitebrand" in query["sql"]] == [
        query["sql"] for query in captured if 'FROM "wagtailcore_site"' in query["sql"]
    ]
    assert len(captured) <= 12


@pytest.mark.usefixtures("library")
def test_a_site_is_found_as_wagtail_finds_it() -> None:
    home = Page.objects.get(slug="home")
    for host, port in (("a.example", 80), ("a.example", 8000), ("b.example", 8000)):
        Site.objects.create(hostname=host, port=port, root_page=home)
    settings.ALLOWED_HOSTS, before = ["*"], settings.ALLOWED_HOSTS
    try:
        for host in ("a.example", "a.example:8000", "a.example:9", "b.example", "c.example"):
            one, two = (RequestFactory().get("/", headers={"host": host}) for _ in range(2))
            assert words.find_site(one) == Site.find_for_request(two), host
    finally:
        settings.ALLOWED_HOSTS = before


@pytest.mark.usefixtures("library")
def test_the_colour_comes_as_a_stylesheet_of_our_own_only_where_it_is_changed() -> None:
    assert "brand.css" not in Client().get("/").content.decode()
    brand = set_brand(accent="#003d5c")
    address = f"/brand.css?{brand.stylesheet_hash}"
    assert f'href="{address}"' in Client().get("/").content.decode()
    answer = Client().get(address)
    assert "--accent:light-dark(#003d5c," in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    assert "immutable" not in Client().get("/brand.css?old")["Cache-Control"]


@pytest.mark.parametrize("chosen", ["#ff8800", "#777777", "#0a84ff"])
def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(chosen: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SiteBrand(accent=chosen).clean()
    message = refused.value.message_dict["accent"][0]
    assert "7 to 1" in message
    better = re.search(r"#[0-9a-f]{6}", message)
    assert better is not None
    SiteBrand(accent=better[0]).clean()


@pytest.mark.parametrize("chosen", ["red", "#12345", "#5a2768;}*{color:red", "url(x)"])
def test_what_is_no_colour_never_reaches_the_stylesheet(chosen: str) -> None:
    with pytest.raises(ValidationError):
        SiteBrand(accent=chosen).clean()
    assert SiteBrand(accent=chosen).stylesheet == ""


@pytest.mark.parametrize("chosen", ["#000000", "#003d5c", "#7a0000", "#00008b", "#333333"])
def test_every_pair_of_the_stylesheet_can_be_read_in_light_and_dark(chosen: str) -> None:
    pairs = dict(
        re.findall(r"--([\w-]+):light-dark\(([^)]+)\)", SiteBrand(accent=chosen).stylesheet)
    )
    for theme, grounds in enumerate((colour.LIGHT_GROUNDS, colour.DARK_GROUNDS)):
        token = {name: pair.split(",")[theme] for name, pair in pairs.items()}
        for ground in (*grounds.values(), token["accent-tint"]):
            assert colour.contrast(token["accent"], ground) >= colour.TEXT
            assert colour.contrast(token["accent-strong"], ground) >= colour.TEXT
        assert colour.contrast(token["on-accent"], token["accent"]) >= colour.TEXT


def test_the_grounds_are_those_of_the_tokens() -> None:
    tokens = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    for name in ("paper", "surface"):
        light, dark = colour.LIGHT_GROUNDS[name], colour.DARK_GROUNDS[name]
        assert f"--{name}: light-dark({light}, {dark});" in tokens

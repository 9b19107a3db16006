"""Glossary, menu, and addresses that lead nowhere."""

import pytest
from django.test import Client

from library.models import CausePage, GlossaryTerm, InfoPage, TopicPage

pytestmark = pytest.mark.usefixtures("library")


def test_every_term_has_an_anchor(client: Client) -> None:
    html = client.get("/glossary/").content.decode()
    for key in GlossaryTerm.objects.values_list("key", flat=True):
        assert f'id="{key}"' in html


def test_a_new_page_is_in_the_menu_at_once(client: Client) -> None:
    client.get("/")
    about = InfoPage.objects.get(slug="about")
    about.copy(update_attrs={"slug": "news", "title": "Something new"}, keep_live=False)
    fresh = InfoPage.objects.get(slug="news")
    assert "Something new" not in client.get("/").content.decode()
    fresh.save_revision().publish()
    assert "Something new" in client.get("/").content.decode()


def test_an_unpublished_page_leaves_the_menu_at_once(client: Client) -> None:
    client.get("/")
    InfoPage.objects.get(slug="about").unpublish()
    assert 'href="/about/"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/nope/", "/back-and-calf-pain/nope/", "/%00/", "/admin/nope/", "/symptom-checker/nope/"],
)
def test_a_wrong_address_is_a_plain_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (302, 404)
    assert "Traceback" not in response.content.decode()


def test_the_missing_page_helps_on(client: Client) -> None:
    html = client.get("/nope/").content.decode()
    assert TopicPage.objects.get().url in html
    assert "/a-z/" in html


def test_an_unpublished_page_is_not_found(client: Client) -> None:
    cause = CausePage.objects.get(key="strain")
    cause.unpublish()
    assert client.get(cause.url).status_code == 404

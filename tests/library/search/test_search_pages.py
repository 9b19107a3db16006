"""The search pages: results, filters, corrections, suggestions, ways in by body part."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import CausePage, SearchSynonym
from library.search import finder
from library.search.signals import search_made

MOST_QUERIES = 12
pytestmark = pytest.mark.usefixtures("library")


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_urgent_card_stands_above_the_first_page(client: Client) -> None:
    text = html(client, "/search/?q=can%27t+pee")
    assert text.index('class="care"') < text.index('class="page-list"')
    assert "cauda-equina-syndrome" in text


def test_a_misspelt_word_is_put_right_and_can_be_taken_back(client: Client) -> None:
    text = html(client, "/search/?q=siatica")
    assert "<strong>sciatica</strong>" in text
    assert "/back-and-calf-pain/slipped-disc/" in text
    taken_back = html(client, "/search/?q=siatica&as-typed")
    assert "<strong>sciatica</strong>" not in taken_back


def test_filters_show_one_kind(client: Client) -> None:
    results = client.get("/search/?q=back+pain&kind=exercises").context["results"]
    assert results.pages
    assert {str(page.label) for page in results.pages} == {"Exercise"}
    assert client.get("/search/?q=back+pain&kind=nonsense").status_code == 200


def test_nothing_found_helps_on(client: Client) -> None:
    text = html(client, "/search/?q=qwertzuiop")
    for way in ("/find/", "/a-z/", "/symptom-checker/back-and-calf/", "emergency number"):
        assert way in text


@pytest.mark.parametrize("address", ["/search/", "/search/?q=calf", "/search/suggest/?q=sci"])
def test_no_cookie_no_indexing_no_copy_for_others(client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "noindex" in response["X-Robots-Tag"]
    assert "Cookie" not in response.get("Vary", "")
    assert "noindex" in response.content.decode()


@pytest.mark.parametrize("text", ["calf", "swolen ankels after work", "can't pee", "zzzz", ""])
def test_few_queries_whatever_is_typed(client: Client, text: str) -> None:
    client.get("/search/?q=warm")
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/", {"q": text})
    assert len(captured) <= MOST_QUERIES, [query["sql"][:90] for query in captured]


@pytest.mark.parametrize(
    "text",
    ["\x00", "' OR 1=1 --", '"', "*", "a* OR b*", "NEAR(a b)", "title:x", "%" * 300, "🦵", "::",
     "<script>alert(1)</script>", "e" * 5000, "-", "^calf",
     "calf" + "\n" * 50, "\uff23\uff21", "\ufdfa"],
)  # fmt: skip
def test_nothing_typed_breaks_it(client: Client, text: str) -> None:
    for address in ("/search/", "/search/suggest/"):
        response = client.get(address, {"q": text, "kind": text, "format": text})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_suggestions_for_the_script_and_without_it(client: Client) -> None:
    names = client.get("/search/suggest/?q=slip&format=json").json()["suggestions"]
    assert "Slipped disc with a trapped nerve" in names
    assert "Slipped disc with a trapped nerve" in html(client, "/search/suggest/?q=slip")
    assert '<option value="sciatica">' in html(client, "/search/")


def test_an_editors_synonym_works_at_once(client: Client) -> None:
    assert "No page here speaks of" in html(client, "/search/?q=wobblefoot")
    SearchSynonym.objects.create(key="wobble", words="wobblefoot\nfoot drop")
    assert "slipped-disc" in html(client, "/search/?q=wobblefoot")


def test_a_new_page_is_found_once_published(client: Client) -> None:
    original = CausePage.objects.get(key="cellulitis")
    page = original.copy(update_attrs={"slug": "gout", "key": "gout", "title": "Gout"})
    assert page.live
    assert 'href="' + page.url in html(client, "/search/?q=gout")


def test_others_hear_of_a_search_and_of_nobody_who_asked(client: Client) -> None:
    heard: list[dict[str, Any]] = []

    def hear(**told: Any) -> None:
        heard.append(told)

    search_made.connect(hear)
    try:
        client.get("/search/?q=zzzz")
    finally:
        search_made.disconnect(hear)
    assert [(told["query"], told["found"]) for told in heard] == [("zzzz", 0)]
    assert heard[0].keys() == {"signal", "sender", "query", "found"}


def test_every_condition_stands_at_a_place_and_a_feeling() -> None:
    pages = [page for page in CausePage.objects.live() if page.where]
    assert pages
    for ways in (finder.PLACES, finder.FEELINGS):
        led_to = {page.pk for way in ways for page in finder.pages_with(finder.keys_of(way))}
        assert [page.slug for page in pages if page.pk not in led_to] == []


@pytest.mark.parametrize("way", [*finder.PLACES, *finder.FEELINGS], ids=lambda way: way.key)
def test_urgent_signs_come_before_the_conditions(client: Client, way: finder.Way) -> None:
    assert f'href="/find/{way.key}/"' in html(client, "/find/")
    with CaptureQueriesContext(connection) as captured:
        text = html(client, f"/find/{way.key}/")
    assert len(captured) <= MOST_QUERIES
    assert text.index('class="care"') < text.index('class="page-list"')


def test_a_place_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/find/nowhere/").status_code == 404


def test_synonyms_are_loaded_once_and_kept_when_an_editor_changed_them() -> None:
    group = SearchSynonym.objects.get(key="pee")
    group.words += "\ntinkle"
    group.save()
    call_command("load_content", verbosity=0)
    group.refresh_from_db()
    assert "tinkle" in group.group

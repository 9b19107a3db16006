"""Searches that find nothing are counted, and editors' picks stand first."""

import pytest
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from library.models import MissedSearch, TipPage
from library.search_insight import MOST_A_DAY

pytestmark = pytest.mark.usefixtures("library")


def test_a_search_without_a_result_is_counted_by_day(client: Client) -> None:
    for _ in range(2):
        client.get("/search/", {"q": "xylophone zebras"})
    missed = MissedSearch.objects.get()
    assert (missed.words, missed.times) == ("xylophone zebras", 2)


def test_a_search_that_finds_something_is_not(client: Client) -> None:
    client.get("/search/", {"q": "slipped disc"})
    assert not MissedSearch.objects.exists()


def test_a_flood_of_nonsense_is_counted_up_to_a_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.search_insight.MOST_A_DAY", 2)
    for word in ("qqqq", "wwww", "vvvv"):
        client.get("/search/", {"q": f"{word}{word}"})
    assert MissedSearch.objects.count() == 2 < MOST_A_DAY


def test_an_editors_pick_stands_first(client: Client) -> None:
    tip = TipPage.objects.get(slug="walking")
    SearchPromotion.objects.create(query=Query.get("sore knees"), page=tip, sort_order=0)
    html = client.get("/search/", {"q": "Sore knees"}).content.decode()
    assert "Start here" in html
    assert f'href="{tip.url}"' in html
    assert "Start here" not in client.get("/search/", {"q": "slipped disc"}).content.decode()

"""The JSON API gives what readers see, to anybody, a little at a time, and nothing else."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from checker.care import care_cards
from checker.releases import live_release
from library.models import CausePage, InfoPage, TipPage

pytestmark = pytest.mark.usefixtures("library")
URL = "/api/v2/pages/"
LISTED = {"id", "meta", "title", "urgency", "answer", "other_names", "codes", "markdown_url"}
META = {"type", "detail_url", "html_url", "slug", "last_published_at"}


def get(client: Client, url: str = URL, **query: str) -> Any:
    response = client.get(url, query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    return response.json()


def test_only_these_fields_are_listed_or_shown(client: Client) -> None:
    for item in get(client, limit="20")["items"]:
        assert set(item) == LISTED
        assert set(item["meta"]) == META
    page = CausePage.objects.get(key="strain")
    shown = get(client, f"{URL}{page.pk}/")
    assert set(shown) == LISTED | {"review", "markdown"}
    assert set(shown["meta"]) == META | {"first_published_at"}
    assert shown["review"]["state"] == "unsigned"


def test_a_page_is_found_by_its_slug_and_carries_its_urgent_signs(client: Client) -> None:
    page = CausePage.objects.get(slug="deep-vein-thrombosis")
    [item] = get(client, slug=page.slug)["items"]
    live = live_release("back-and-calf")
    assert live is not None
    cards = care_cards([live.ruleset], page.care_keys())
    assert [(c["level"], c["lines"]) for c in item["urgency"]] == [
        (c.level, list(c.lines)) for c in cards
    ]
    assert item["urgency"][0]["lead"] == str(cards[0].lead)
    assert item["meta"]["html_url"] == f"http://testserver{page.url}"
    assert item["meta"]["detail_url"] == f"http://testserver{URL}{page.pk}/"
    shown = get(client, item["meta"]["detail_url"].removeprefix("http://testserver"))
    assert shown["urgency"] == item["urgency"]
    twin = client.get(f"{page.url}page.md").content.decode()
    assert shown["markdown"] == twin


def test_a_list_asks_for_the_urgent_signs_of_all_its_pages_at_once(client: Client) -> None:
    counts = []
    for limit in ("2", "20"):
        with CaptureQueriesContext(connection) as captured:
            items = get(client, limit=limit)["items"]
        counts.append(sum("_care" in query["sql"] for query in captured))
        assert len(captured) <= 13  # one for each kind of page is among them
    assert counts == [1, 1]
    for item in items:
        assert item["urgency"] == get(client, f"{URL}{item['id']}/")["urgency"]


@pytest.mark.parametrize("system", ["icd10", "icd11"])
def test_a_page_is_found_by_its_code(client: Client, system: str) -> None:
    for page in CausePage.objects.exclude(**{system: ""}):
        for code in getattr(page, system).split(", "):
            slugs = [
                item["meta"]["slug"] for item in get(client, **{system: code.lower()})["items"]
            ]
            assert page.slug in slugs
    page = CausePage.objects.get(key="venous_thrombosis")
    setattr(page, system, "A10.1, B20, C30.4")
    page.save()
    for code, found in (
        ("A10.1", 1),
        ("B20", 1),
        ("C30.4", 1),
        ("A10", 0),
        ("30.4", 0),
        ("B2", 0),
        ("", 0),
    ):
        assert get(client, **{system: code})["meta"]["total_count"] == found, code


def test_drafts_and_restricted_pages_are_not_there(client: Client) -> None:
    hidden, private = TipPage.objects.get(slug="walking"), InfoPage.objects.get(slug="contact")
    hidden.unpublish()
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="groups")
    restriction.groups.add(Group.objects.first())
    for page in (hidden, private):
        assert get(client, slug=page.slug)["items"] == []
        assert client.get(f"{URL}{page.pk}/").status_code == 404
    total = Page.objects.live().filter(depth__gte=2).count()
    assert get(client)["meta"]["total_count"] == total - 1


@pytest.mark.parametrize(
    "query",
    ["limit=21", "limit=-1", "limit=x", "offset=-1", "fields=_,title", "fields=*", "search=back",
     "order=random", "owner=1", "draft_title=x", "type=auth.User", "type=wagtailcore.Nope",
     "slug=%00", "icd10=%00", "rich_text_format=db", "format=api"],
)  # fmt: skip
def test_what_is_not_offered_is_refused(client: Client, query: str) -> None:
    response = client.get(f"{URL}?{query}")
    assert response.status_code in (400, 404), response.content
    assert "Traceback" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_it_can_only_be_read(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    for send in (client.post, client.put, client.patch, client.delete):
        assert send(URL, {}).status_code == 405
        assert send(f"{URL}{page.pk}/", {}).status_code == 405
    page.refresh_from_db()
    assert page.live


def test_too_many_requests_are_told_to_wait_and_nobody_is_remembered(
    client: Client, monkeypatch: Any
) -> None:
    from django.core.cache import cache

    from library.machines.api import AllTogether

    monkeypatch.setattr(AllTogether, "rate", "2/min")
    codes = [
        client.get(URL, {"limit": "1"}, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(3)
    ]
    assert codes == [200, 200, 429]
    assert "10.0.0" not in repr(cache._cache)

"""Long lists come in parts, and every page stands in one of them."""

import pytest
from django.test import Client

from library import menu
from library.machines import llms
from library.models import IndexPage, TipPage, TopicPage, home, index_page
from library.search import finder, views

pytestmark = pytest.mark.usefixtures("library")


def test_a_list_of_tips(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_page, "A_PART", 7)
    url = IndexPage.objects.get(lists=IndexPage.Lists.TIP).url
    first = client.get(url)
    parts = range(1, first.context["part"].paginator.num_pages + 1)
    answers = [client.get(url, {"page": part}) for part in parts]
    groups = [group for one in answers for group in one.context["groups"]]
    found = [page.url for _kind, pages in groups for page in pages]
    assert sorted(found) == sorted(page.url for page in TipPage.objects.live())
    assert 'rel="next"' in first.content.decode()
    assert 'rel="prev"' in answers[-1].content.decode()
    assert client.get(url, {"page": "x'--"}).status_code == 200


def test_a_place_of_the_body(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    way = finder.way("calf")
    assert way
    everything = [page.pk for page in client.get("/find/calf/").context["pages"]]
    assert everything == finder.keys_of(way)
    monkeypatch.setattr(views, "MOST_AT_ONCE", 2)
    found = []
    for part in range(1, (len(everything) + 1) // 2 + 1):
        found += [page.pk for page in client.get(f"/find/calf/?page={part}").context["pages"]]
    assert found == everything


def test_llms_txt_says_where_the_rest_is(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llms, "MOST", 3)
    text = client.get("/llms.txt").content.decode()
    assert "http://testserver/sitemap.xml" in text
    assert "first 3" in text
    assert text.count("](http") < 3 * len(llms.MODELS) + 1


def test_home_and_menu_name_the_first(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = TopicPage.objects.get()
    for number in range(3):
        topic.copy(update_attrs={"slug": f"topic-{number}", "title": f"Topic {number}"})
    monkeypatch.setattr(home, "MOST_TOPICS", 2)
    monkeypatch.setattr(menu, "MOST_MAIN", 4)
    context = client.get("/").context
    assert context["topics"][0].pk == topic.pk
    assert len(context["topics"]) == 2
    assert len(context["menu"].main) == 4
    assert context["menu"].about

"""Previous and next: a reader can walk a list from its first page to its last, and back."""

import re

import pytest
from django.test import Client

from library.models import CausePage, IndexPage, TopicPage

pytestmark = pytest.mark.usefixtures("library")


def way(client: Client, url: str, rel: str) -> list[str]:
    """Addresses that a reader meets who follows one of the two links to its end."""
    met = [url]
    while found := re.search(
        rf'<a href="([^"]+)" rel="{rel}"', client.get(met[-1]).content.decode()
    ):
        assert found[1] not in met
        met.append(found[1])
    return met


def test_causes_follow_each_other_as_the_topic_names_them(client: Client) -> None:
    context = client.get(TopicPage.objects.get().url).context
    urls = [page.url for page in [*context["causes"], *context["lookalikes"]]]
    assert way(client, urls[0], "next") == urls
    assert way(client, urls[-1], "prev") == urls[::-1]


@pytest.mark.parametrize("slug", ["treatments", "prevention"])
def test_a_list_is_walked_kind_by_kind(client: Client, slug: str) -> None:
    for _label, pages in client.get(IndexPage.objects.get(slug=slug).url).context["groups"]:
        urls = [page.url for page in pages]
        assert len(urls) > 2
        assert way(client, urls[0], "next") == urls
        assert way(client, urls[-1], "prev") == urls[::-1]


def test_a_page_that_is_no_longer_public_is_passed_by(client: Client) -> None:
    [first, second, third, *_rest] = CausePage.objects.main()
    second.unpublish()
    assert way(client, first.url, "next")[1] == third.url


def test_pages_of_no_list_lead_nowhere(client: Client) -> None:
    for url in ("/", "/about/", "/treatments/", TopicPage.objects.get().url):
        assert 'class="turn"' not in client.get(url).content.decode()

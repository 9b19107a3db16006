"""A made-up library: like a real one, refused where it does not belong, gone without a trace."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex, Revision, Site
from wagtail.search.models import IndexEntry

from library.growth.plan import MARK, plan
from library.growth.remove import made_up, remove
from library.growth.words import Vocabulary
from library.growth.write import grow
from library.models import CausePage, IndexPage, Source, TipPage, TopicPage, TreatmentPage
from library.search.results import search
from serving_site import settle

pytestmark = pytest.mark.usefixtures("library")
FEW, MANY = 90, 270


def home() -> Any:
    return Site.objects.get(is_default_site=True).root_page


def command(*words: str) -> str:
    said = StringIO()
    call_command("grow", *words, stdout=said)
    return said.getvalue()


def everything() -> dict[str, int]:
    models = (Page, CausePage, TipPage, Source, Revision, ReferenceIndex, IndexEntry)
    return {model.__name__: model._default_manager.count() for model in models}


def addresses() -> dict[str, str]:
    """A made-up page of each kind, and every list of the site."""
    models = (TopicPage, CausePage, TipPage, TreatmentPage, IndexPage)
    urls = {model.__name__: model.objects.filter(pk__in=made_up()).first().url for model in models}
    word = search_word()
    return urls | {
        "home": "/",
        "a letter": "/a-z/m/",
        "A to Z": "/a-z/",
        "sitemap": "/sitemap.xml",
        "llms": "/llms.txt",
        "changes": "/changes/",
        "feed": "/changes/atom.xml",
        "place": "/find/calf/",
        "rare word": f"/search/?q={word}",
        "word on every page": "/search/?q=made",
        "begun": "/search/suggest/?q=made&format=json",
    }


def search_word() -> str:
    return str(made_up().order_by("path").last().title.split()[0])


def queries(client: Client) -> dict[str, int]:
    found = {}
    for name, url in addresses().items():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        found[name] = len(captured)
    return found


def test_three_times_the_pages_need_no_more_queries_and_go_without_a_trace(client: Client) -> None:
    before = everything()
    grow(home(), FEW, seed=1)
    settle()
    few = queries(client)
    assert remove() == FEW
    assert everything() == before
    grow(home(), MANY, seed=1)
    settle()
    assert queries(client) == few
    assert max(few.values()) <= 12
    assert Page.find_problems() == ([], [], [], [], [])


def test_it_is_a_library_like_any_other(client: Client, admin_client: Client) -> None:
    said = command(str(FEW))
    assert "grow --remove" in said
    assert made_up().count() == FEW
    assert all(MARK in page.title for page in made_up())
    cause = CausePage.objects.filter(pk__in=made_up()).first()
    html = client.get(cause.url).content.decode()
    assert cause.tips
    assert cause.tips[0].url in html
    assert 'class="care' in html
    assert cause.slug in [page.slug for page in search(cause.title.split()[0]).pages]
    desk = admin_client.get(reverse("wagtailadmin_pages:edit", args=[cause.pk])).content.decode()
    signs = CausePage.objects.exclude(key="").count()
    assert desk.count('name="care"') == signs < CausePage.objects.count()
    references = ReferenceIndex.objects.filter(object_id=str(cause.pk)).count()
    ReferenceIndex.create_or_update_for_object(cause)
    assert ReferenceIndex.objects.filter(object_id=str(cause.pk)).count() == references > 0
    with pytest.raises(CommandError, match="already"):
        command(str(FEW))


def test_the_same_seed_gives_the_same_library() -> None:
    from random import Random

    one, same, other = (plan(FEW, Vocabulary(Random(seed), FEW)) for seed in (1, 1, 2))
    assert one == same
    assert [page.title for page in one] != [page.title for page in other]
    assert len(one) == FEW


def test_words_are_common_and_rare_as_in_a_text() -> None:
    from collections import Counter
    from random import Random

    said = Counter(Vocabulary(Random(1), 2000).some(20_000))
    [(_word, most)] = said.most_common(1)
    assert most > 1000
    assert sum(1 for number in said.values() if number == 1) > 200


def test_it_is_refused_where_others_read(settings: Any) -> None:
    settings.SITE_URL = "https://health.example.org"
    with pytest.raises(CommandError, match="for others to read"):
        command(str(FEW))
    assert not made_up().exists()


def test_it_is_refused_beside_what_people_have_written() -> None:
    page = CausePage.objects.get(key="strain")
    page.copy(update_attrs={"slug": "ours"})
    with pytest.raises(CommandError, match="people have written"):
        command(str(FEW))
    with pytest.raises(CommandError, match="how many"):
        command("3")
    assert not made_up().exists()

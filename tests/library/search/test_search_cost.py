"""What a search may cost, however large the library is. Seconds are measured by ``make bench``."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from config.services import POSTGRESQL_OPTIONS
from library.models import CausePage, TipPage
from library.models.brand import SiteBrand
from library.search import index, postgresql
from library.search.catalogue import entries, every_entry, readable
from library.templatetags import kept
from serving_site import committed, settle

pytestmark = pytest.mark.usefixtures("library")
#: All concepts, names, some of the concepts; what the pages say; the checker's live rules.
MOST = 5


@pytest.mark.parametrize(
    "text", ["calf", "swollen calf after a flight", "sciatica", "xq zzzz pain"]
)
def test_words_met_before_take_five_queries(client: Client, text: str) -> None:
    settle()
    client.get("/search/", {"q": text})
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/", {"q": text})
    assert len(captured) <= MOST, [query["sql"][:90] for query in captured]


def test_each_type_of_page_is_asked_for_its_own_only() -> None:
    cause, tip = CausePage.objects.get(key="strain"), TipPage.objects.get(slug="walking")
    types = readable().types
    found = {cause.pk: types["causepage"], tip.pk: types["tippage"]}
    with CaptureQueriesContext(connection) as captured:
        made = entries(found)
    assert {entry.pk: entry for entry in made} == {
        entry.pk: entry for entry in every_entry() if entry.pk in found
    }
    [query] = captured.captured_queries
    assert query["sql"].count("SELECT") == 2
    assert "library_treatmentpage" not in query["sql"]
    assert entries({}) == []


def test_around_the_results_only_what_nobody_asked_for_is_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def kept_part(name: str, make: Any) -> str:
        made.append(name.split()[0])
        return str(make())

    monkeypatch.setattr(kept, "kept_part", kept_part)
    html = client.get("/search/?q=brontosaurus").content.decode()
    assert made == ["top"]
    assert "brontosaurus" not in html.partition("<main")[0].partition("<body")[2]
    assert "brontosaurus" not in html.rpartition("</main>")[2]


def test_the_frame_of_a_search_is_as_new_as_the_rest(client: Client) -> None:
    settle()
    assert "Heron Clinic" not in client.get("/search/?q=calf").content.decode()
    with committed():
        brand = SiteBrand.for_site(Site.objects.get(is_default_site=True))
        brand.name = "Heron Clinic"
        brand.save()
    html = client.get("/search/?q=knee").content.decode()
    assert "Heron Clinic" in html.partition("<main")[0].partition("<body")[2]


def test_the_same_words_in_another_order_are_asked_for_once() -> None:
    phrases = (("cold", "foot"), ("pale", "leg"), ("foot", "cold"), ("leg", "pale"))
    assert list(index._distinct(phrases)) == [("cold", "foot"), ("pale", "leg")]


def test_postgresql_is_asked_once_for_all_forms_that_it_reads_as_one_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In names, which are stored as they are written, for each of them."""
    asked: list[Any] = []
    monkeypatch.setattr(postgresql, "_ask", lambda _sql, params: asked.append(params[0]) or {})
    monkeypatch.setattr(postgresql, "_config", lambda: ("", []))
    monkeypatch.setattr(postgresql, "_read_as", {"swell": "'swell'", "swells": "'swell'"})
    every: list[index.Phrases] = [[[["swell", "swells", "swollen"]]]]
    for how in (index.How.ALL, index.How.NAMES):
        postgresql.PostgreSQLIndex().find(every, index.Where("true", ()), how)
    assert asked == ["((('swollen' | 'swell')))", "((('swell' | 'swells' | 'swollen')))"]


def test_postgresql_compiles_no_query() -> None:
    """Its planner takes the report of reviews of a large library for worth it: nine seconds."""
    assert "jit=off" in POSTGRESQL_OPTIONS["options"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)

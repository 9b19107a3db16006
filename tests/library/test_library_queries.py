"""How many times a page asks the database: few, and the same however long the page is."""

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from django.core.cache.backends.dummy import DummyCache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from changes_elsewhere import sign
from checker import releases
from library import fresh, pieces
from library.models import CausePage, CauseTip, Source, TipPage
from library.search import lexicon
from review.models import SignOff
from serving_site import committed, settle

MOST = 12
OTHERS = (
    *("/a-z/", "/glossary/", "/find/", "/changes/", "/changes/atom.xml", "/llms.txt"),
    *("/sitemap.xml", "/robots.txt", "/emergency/", "/my-visit/", "/brand.css", "/search/"),
    *("/search/?q=swollen+calf", "/search/?q=swolen+ankels+after+work", "/search/?q=qwertzuiop"),
    *("/search/suggest/?q=sci", "/api/v2/pages/", "/api/v2/pages/?limit=5&offset=20"),
    *("/back-and-calf-pain/slipped-disc/page.md", "/symptom-checker/back-and-calf/"),
)
pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def warm(client: Client) -> Client:
    """Menu and site addresses are kept between requests, as in a running server."""
    fresh.changed("nothing")  # tells what tests before this one took back
    settle()
    client.get("/")
    return client


@pytest.fixture
def redis_lost(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody can know what is still right, and nothing can be kept."""
    monkeypatch.setattr(fresh, "counter", None)
    kept = caches["default"]
    caches["default"] = DummyCache("lost", {})  # type: ignore[assignment]
    yield
    caches["default"] = kept


def as_after_a_start() -> None:
    """Nothing is in this worker's memory, nor in the cache."""
    cache.clear()
    pieces.forget()
    ContentType.objects.clear_cache()
    releases._checked_rules.cache_clear()
    lexicon._kept = None


def queries(client: Client, url: str, *, anew: bool = False) -> int:
    if anew:  # as after a change to every page and source; only the frame is ready
        assert fresh.counter is not None
        fresh.counter.move_on(_slots_of_pages())
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def _slots_of_pages() -> tuple[int, ...]:
    kinds = (fresh.page, fresh.name, fresh.summary, fresh.relations, fresh.reviews)
    tags = [kind(pk) for pk in Page.objects.values_list("pk", flat=True) for kind in kinds]
    tags += [fresh.row("library_source", pk) for pk in Source.objects.values_list("pk", flat=True)]
    return tuple(map(fresh.slot, (fresh.PAGES, fresh.NAMES, fresh.SUMMARIES, *tags)))


@pytest.mark.parametrize("anew", [False, True], ids=["parts ready", "made anew"])
def test_no_public_page_needs_more_than_twelve(warm: Client, anew: bool) -> None:
    counts = {url: queries(warm, url, anew=anew) for url in every_address()}
    assert {url: n for url, n in counts.items() if n > MOST} == {}


def every_address() -> list[str]:
    pages = Page.objects.live().filter(depth__gte=2)
    shown = CausePage.objects.get(key="strain")
    return [*(page.url for page in pages), f"/api/v2/pages/{shown.pk}/", *OTHERS]


def counts_after_a_start(client: Client) -> dict[str, int]:
    found = {}
    for url in every_address():
        as_after_a_start()
        found[url] = queries(client, url)
    return found


def test_no_public_page_needs_more_than_twelve_right_after_a_start(warm: Client) -> None:
    counts = counts_after_a_start(warm)
    assert {url: n for url, n in counts.items() if n > MOST} == {}


def test_nor_do_signed_pages_on_a_site_with_restricted_ones(warm: Client) -> None:
    with committed():
        sign()
        last = Page.objects.live().order_by("-path")[0]
        PageViewRestriction.objects.create(page=last, restriction_type="login")
    signed = SignOff.objects.get().page
    as_after_a_start()
    assert queries(warm, signed.url) <= MOST


@pytest.mark.usefixtures("redis_lost")
def test_no_public_page_needs_more_than_twelve_while_redis_is_lost(client: Client) -> None:
    counts = counts_after_a_start(client)
    assert {url: n for url, n in counts.items() if n > MOST} == {}


def test_more_blocks_and_relations_need_no_more_queries(warm: Client) -> None:
    cause = CausePage.objects.get(key="strain")
    warm.get(cause.url)
    before = queries(warm, cause.url, anew=True)
    sources = list(Source.objects.values_list("pk", flat=True))
    links = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in TipPage.objects.all())
    text = {"heading": "More", "smaller": False, "text": f"<p>{links}</p>", "sources": sources}
    cause.body = cause.body.stream_block.to_python(
        [*cause.body.get_prep_value(), *[{"type": "prose", "value": text}] * 12]
    )
    already = [link.tip_id for link in cause.tip_links.all()]
    for tip in TipPage.objects.exclude(pk__in=already):
        cause.tip_links.add(CauseTip(tip=tip))
    with committed():
        cause.save_revision().publish()
    assert queries(warm, cause.url, anew=True) == before


def test_more_pages_need_no_more_queries(warm: Client) -> None:
    topic_url = CausePage.objects.first().get_parent().url
    warm.get(topic_url)
    before = queries(warm, topic_url, anew=True)
    original = CausePage.objects.get(key="cellulitis")
    with committed():
        for number in range(10):
            original.copy(update_attrs={"slug": f"more-{number}", "key": f"more_{number}"})
    warm.get(topic_url)
    assert queries(warm, topic_url, anew=True) == before


def test_the_glossary_is_read_once_a_page_where_nothing_is_kept(
    warm: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while Redis is lost: several parts of a page explain words."""
    monkeypatch.setattr(fresh, "counter", None)
    for page in CausePage.objects.live():
        with CaptureQueriesContext(connection) as captured:
            warm.get(page.url)
        asked = [one["sql"] for one in captured if "library_glossaryterm" in one["sql"]]
        assert len(asked) <= 1, page.url

"""What people type, and what they must find: the file of queries, on whatever database is set."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from checker.releases import all_live
from checker.urgent_search import urgent_cards
from library.models import CausePage
from library.search.results import search

FILE = Path(__file__).parents[2] / "content" / "search_queries.toml"
QUERIES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["query"]
IN_THE_FIRST = 3
pytestmark = pytest.mark.usefixtures("library")


def test_the_file_is_large_and_says_each_query_once() -> None:
    texts = [query["text"] for query in QUERIES]
    assert len(texts) >= 150
    assert len(set(texts)) == len(texts)


def test_at_least_95_in_100_find_their_page_in_the_first_three() -> None:
    missed = {}
    for query in QUERIES:
        found = [page.slug for page in search(query["text"]).pages[:IN_THE_FIRST]]
        if not set(found) & set(query["finds"]):
            missed[query["text"]] = found
    assert len(missed) <= len(QUERIES) * 0.05, missed


def test_every_query_about_a_red_flag_shows_its_card() -> None:
    rules = [live.ruleset for live in all_live()]
    urgent = [query["text"] for query in QUERIES if query.get("urgent")]
    assert len(urgent) >= 25
    assert [t for t in urgent if not urgent_cards(_query(t), rules)] == []


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("swollen calf", "urgent", "swollen"),
        ("can't pee", "emergency", "bladder"),
        ("short of breath and sore leg", "emergency", "short of breath"),
        ("foot drop", "urgent", "foot drops"),
    ],
)
def test_the_card_speaks_of_what_was_typed(text: str, level: str, words: str) -> None:
    cards = urgent_cards(_query(text), [live.ruleset for live in all_live()])
    assert any(words in line for card in cards if card.level == level for line in card.lines)


@pytest.mark.parametrize(
    "text",
    ["sciatica", "ibuprofen", "back pain", "exercise", "heat", "flight socks", "knee to chest",
     "walking", "stop smoking", "swollen ankles", "back surgery", "cookies"],
)  # fmt: skip
def test_calm_queries_raise_no_alarm(text: str) -> None:
    assert urgent_cards(_query(text), [live.ruleset for live in all_live()]) == []


def test_unpublished_pages_are_not_found() -> None:
    page = CausePage.objects.get(key="cellulitis")
    assert "cellulitis" in _slugs("cellulitis")
    page.unpublish()
    assert "cellulitis" not in _slugs("cellulitis")


def test_pages_behind_a_password_are_neither_found_nor_suggested() -> None:
    from library.search.suggest import suggestions

    page = CausePage.objects.get(key="cellulitis")
    assert "erysipelas" in suggestions("erysip")
    page.view_restrictions.create(restriction_type="password", password="x")
    assert "cellulitis" not in _slugs("cellulitis")
    assert _slugs("erysipelas") == []
    assert suggestions("erysipe") == []


def _slugs(text: str) -> list[str]:
    return [page.slug for page in search(text).pages]


def _query(text: str) -> Any:
    return search(text).query

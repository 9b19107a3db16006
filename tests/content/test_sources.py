"""Sources: well-formed, used, honest about how they were checked, and from nowhere odd."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from library.audit.library import Library

#: Sites that carry copies of others' work, or that cannot stand behind a medical statement.
BANNED = (
    "scribd", "docslib", "studylib", "medilib", "120ty", "bobaopen", "pingguolv", "dickyricky",
    "britbrief", "1stchoicepharmacy", "preflight.site", "jesse.tg", "wikipedia",
    "facebook", "youtube", "quora", "reddit", "iatrox", "physiotutors", "ehb.be",
)  # fmt: skip
#: Known to the facts sheet, and kept for the clinicians who will look for more.
KEPT_UNUSED_AT_MOST = 30


@pytest.fixture(scope="module")
def sources(content: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads((content / "sources.toml").read_text(encoding="utf-8"))


def _cited(words: Library) -> set[str]:
    return {key for page in words.pages for block in page.blocks for key in block.sources}


def _in_rules(content: Path) -> set[str]:
    found: set[str] = set()
    for path in content.glob("checkers/*/*.toml"):
        for line in re.findall(
            r"^sources? = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            found |= set(re.findall(r'"([^"]+)"', line))
    return found


def test_a_doi_has_the_form_of_a_doi(sources: dict[str, dict[str, Any]]) -> None:
    for key, row in sources.items():
        if "doi" in row:
            assert re.fullmatch(r"10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;]", row["doi"]), key


def test_two_sources_never_share_a_doi(sources: dict[str, dict[str, Any]]) -> None:
    dois = [row["doi"].lower() for row in sources.values() if "doi" in row]
    assert len(dois) == len(set(dois))


def test_addresses_are_safe_and_lead_to_the_source_itself(
    sources: dict[str, dict[str, Any]],
) -> None:
    for key, row in sources.items():
        address = urlsplit(row.get("url", "https://example.org"))
        assert address.scheme == "https", key
        assert not any(name in (address.hostname or "") for name in BANNED), key


def test_every_source_says_what_it_says_and_when_it_was_checked(
    sources: dict[str, dict[str, Any]],
) -> None:
    for key, row in sources.items():
        assert row["says"].strip().endswith("."), key
        assert datetime.date(2026, 1, 1) <= row["checked"] <= datetime.date.today(), key
        assert 1980 <= row.get("year", 2000) <= datetime.date.today().year, key


def test_pages_cite_only_known_sources(words: Library, sources: dict[str, Any]) -> None:
    assert _cited(words) - sources.keys() == set()


def test_most_sources_are_used(words: Library, sources: dict[str, Any], content: Path) -> None:
    unused = sources.keys() - _cited(words) - _in_rules(content)
    assert len(unused) <= KEPT_UNUSED_AT_MOST, sorted(unused)


def test_expert_judgement_says_so(sources: dict[str, dict[str, Any]]) -> None:
    row = sources["EXPERT"]
    assert row["kind"] == "expert"
    assert "to be agreed by the clinic's own clinicians" in row["title"]


def test_what_nobody_confirmed_carries_nothing_alone(
    words: Library, sources: dict[str, dict[str, Any]]
) -> None:
    weak = {k for k, row in sources.items() if row["confidence"] == "unverified"} - {"EXPERT"}
    for page in words.pages:
        for block in page.blocks:
            assert not block.sources or set(block.sources) - weak, (page.slug, block.place)


def test_copies_and_second_hand_pages_are_marked_as_reported(
    sources: dict[str, dict[str, Any]],
) -> None:
    """The facts sheet marks these ✔2: seen only through another page."""
    for key in ("NG59-20", "NHS-DVT", "NHS-DVT2", "NHS-BP25", "NHS-BP26", "UK-SCI", "ERJ-VTE",
                "JOBST", "FDA-NSAID", "COCH10", "SUGI08"):  # fmt: skip
        assert sources[key]["confidence"] == "reported", key

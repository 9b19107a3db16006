"""The word counts of a large library: never made in a visitor's request, never without bound."""

import fcntl
from collections.abc import Iterator
from threading import Event, current_thread

import pytest

from library.models import CausePage
from library.search import counts, kept_counts, lexicon
from library.search.catalogue import Entry, every_entry
from library.search.results import search

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The starter library counts as large, and nobody has counted it."""
    monkeypatch.setattr(kept_counts, "SMALL", 10)
    monkeypatch.setattr(lexicon, "_kept", None)
    kept_counts._file().unlink(missing_ok=True)
    yield
    kept_counts._file().unlink(missing_ok=True)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be counted beside the visitors; here nothing is, until the test does it."""
    found: list[str] = []
    monkeypatch.setattr(kept_counts, "renew_beside", lambda stamp, _done: found.append(stamp))
    return found


def test_a_visitor_counts_nothing_and_still_finds(
    monkeypatch: pytest.MonkeyPatch, started: list[str]
) -> None:
    def forbidden(*_args: object) -> None:
        raise AssertionError("counted in a visitor's request")

    monkeypatch.setattr(lexicon, "every_entry", forbidden)
    monkeypatch.setattr(kept_counts, "every_entry", forbidden)
    assert "slipped-disc" in [page.slug for page in search("sciatica").pages]
    assert started


def test_counted_once_it_serves_every_start(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicon.bring_up_to_date()
    assert search("siatica").corrected == "sciatica"
    assert started == []
    monkeypatch.setattr(kept_counts, "every_entry", lambda: 1 / 0)
    lexicon.bring_up_to_date()  # nothing has changed, so nothing is counted


def test_after_a_change_the_old_counts_serve_until_the_new_are_there(started: list[str]) -> None:
    lexicon.bring_up_to_date()
    assert search("siatica").corrected == "sciatica"
    page = CausePage.objects.get(key="strain")
    page.also_known_as += "\nzwickledy"
    page.save_revision().publish()
    assert search("siatica").corrected == "sciatica"
    assert "back-and-calf-strain" in [found.slug for found in search("zwickledy").pages]
    assert search("zwikledy").corrected == ""
    [stamp, *_more] = started
    kept_counts.renew_alone(stamp, lexicon._take)
    assert search("zwikledy").corrected == "zwickledy"


def test_only_one_worker_counts() -> None:
    told: list[counts.WordCounts] = []
    with kept_counts._file().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept_counts.renew_alone("new", told.append)
    assert told == []
    assert kept_counts.read().stamp == ""


def test_a_broken_file_is_no_counts() -> None:
    kept_counts._file().write_text('{"stamp": ')
    assert kept_counts.read() == counts.WordCounts()


def test_what_is_kept_does_not_grow_with_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MOST_WORDS", 5)
    entries = [Entry(n, f"pain word{n}", "Pain.", (), "cause") for n in range(50)]
    counted = counts.count("", entries)
    assert len(counted.spoken) == len(counted.frequency) == 5
    assert counted.spoken["pain"] == 50
    assert len(counted.conditions) <= 80


def test_the_file_says_what_was_counted() -> None:
    counted = kept_counts.renew("now")
    assert kept_counts.read() == counted == counts.count("now", every_entry())


def test_counting_is_done_in_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    finished = Event()

    def renew_alone(stamp: str, _done: object) -> None:
        seen.append(current_thread().name)
        finished.set()

    monkeypatch.setattr(kept_counts, "renew_alone", renew_alone)
    kept_counts.renew_beside("new", lambda _counts: None)
    assert finished.wait(5)
    assert seen == ["search-words"]

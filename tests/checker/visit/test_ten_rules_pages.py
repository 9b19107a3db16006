"""Rules 1, 6, 8 and 9 of the ten, on the pages that people see: results, rules' words, library."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from content_words import NEGATED, Words

CLOT = r"(a |an |the |any )?(blood )?(dvt|clot|deep vein thrombosis)\b(?!-)"
TOLD_CLEAR = re.compile(
    rf"\b((do not|don't|cannot) have|this is not|it is not|it's not|there is no) {CLOT}"
    rf"|\b(no|not) (dvt|clot)\b|\brul(e|es|ed|ing) out {CLOT}",
    re.IGNORECASE,
)
#: Ruling out is what somebody else has to do, or what nothing here can.
OTHERS_DO = re.compile(
    rf"{NEGATED}|\b(none|until|before|can rule|scan|someone|clinician)\b", re.IGNORECASE
)
PULLED = {"breathing": "no", "saddle": "no", "legs": "no", "limb": "no", "unwell": "no"}
PULLED |= {"cancer": "no", "where": "one", "look": "same", "pregnant": "no", "clot_risk": "no"}
PULLED |= {"calf_start": "overused", "age": "16-49", "duration": "days", "trend": "better"}
PULLED |= {"coping": "little", "walking": "no"}


def told_clear(text: str) -> list[str]:
    """Sentences that could be read as "you have no clot"."""
    sentences = re.split(r"(?<=[.!?])\s+|\n", text)
    return [s for s in sentences if TOLD_CLEAR.search(s) and not _left_to_others(s)]


def _left_to_others(sentence: str) -> bool:
    return " out " in sentence and bool(OTHERS_DO.search(sentence))


def test_rule_8_the_search_itself_finds_what_it_should() -> None:
    assert told_clear("Good news: you do not have a clot.")
    assert told_clear("This is not DVT.")
    assert told_clear("Your answers rule out a blood clot.")
    assert not told_clear("It cannot rule out a blood clot.")
    assert not told_clear("Wait until a clinician rules out a clot.")


def test_rule_8_no_page_rule_or_template_says_that_it_is_no_clot() -> None:
    found = [(where, s) for where, text in _all_words() for s in told_clear(text)]
    assert found == []


def _all_words() -> Iterator[tuple[str, str]]:
    from library.audit.from_files import library_from_files

    content = Path(settings.CONTENT_DIR)
    for page in Words(library_from_files(content)).library.pages:
        yield page.slug, f"{page.title}\n{page.description}\n{page.text}"
    for name in ("questions", "rules", "signs"):
        yield name, (content / f"checkers/back-and-calf/{name}.toml").read_text("utf-8")
    for template in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        yield template.name, template.read_text("utf-8")


def result_of(somebody: Any, answers: dict[str, str]) -> str:
    somebody.walk(answers)
    page: str = somebody.page(somebody.url("result"))
    return page


@pytest.mark.parametrize("change", [{}, {"look": "not-sure"}, {"look": "swollen"}])
def test_rule_8_every_result_says_what_it_cannot_tell(
    somebody: Any, change: dict[str, str]
) -> None:
    page = result_of(somebody, PULLED | change)
    assert "does not rule any illness out" in page
    assert told_clear(re.sub(r"<[^>]+>", "\n", page)) == []


def test_rule_1_and_8_a_clot_with_little_to_suggest_it_is_not_named_at_all(somebody: Any) -> None:
    """The words "little to suggest a clot" would read as "no clot"."""
    page = result_of(somebody, PULLED)
    fits = re.findall(r'<article class="fit" data-word="(\w+)">', page)
    assert fits
    assert set(fits) <= {"well", "partly"}
    assert "swollen" in _sooner(page)


def _sooner(page: str) -> str:
    start, end = page.index('<section class="sooner"'), page.index('<section class="fits"')
    assert start < end
    return page[start:end].lower()


@pytest.mark.parametrize("look", ["swollen", "changed"])
def test_rule_9_do_not_rub_stands_above_every_tip(somebody: Any, look: str) -> None:
    page = result_of(somebody, PULLED | {"look": look, "skin": "normal"})
    warning = page.index("Do not rub, heat or stretch a sore or swollen calf")
    links = [found.start() for found in re.finditer(r'class="fit-links"', page)]
    assert links
    assert all(warning < link for link in links)


@pytest.mark.parametrize(
    "slug", ["massage", "heat", "light-compression", "calf-stretch", "walking"]
)
def test_rule_9_pages_that_rub_heat_press_or_work_a_calf_open_with_the_clot(
    library: None, client: Any, slug: str
) -> None:
    from wagtail.models import Page

    page = client.get(Page.objects.get(slug=slug).url).content.decode()
    card = page.index("one leg or calf becomes swollen")
    body = re.search(r"<h2(?! class=\"care)", page)
    assert body is not None
    assert card < body.start()


def test_rule_6_after_birth_the_way_leads_to_the_maternity_unit(somebody: Any) -> None:
    page = result_of(somebody, PULLED | {"pregnant": "birth"})
    assert 'care-main" data-level="urgent"' in page
    assert "Call your maternity unit or hospital today" in page

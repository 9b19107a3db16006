"""Links and relations lead somewhere, and back."""

from typing import Any

import pytest
from django.test import Client

from library.audit.library import Library
from library.models import CausePage, TipPage, TreatmentPage


def test_every_page_can_be_reached_from_home(words: Library) -> None:
    """By links, relations and the lists that pages show; the A to Z does not count."""
    seen: set[str] = set()
    todo = ["home"]
    while todo:
        page = words.by_slug[todo.pop()]
        if page.slug in seen:
            continue
        seen.add(page.slug)
        todo += page.linked_pages()
        todo += [slug for slugs in page.relations.values() for slug in slugs]
        if page.kind == "topic":
            todo += [other.slug for other in words.pages if other.kind == "cause"]
        if page.kind == "home":  # its menu and its foot
            todo += [p.slug for p in words.pages if p.kind in ("topic", "index", "info")]
    assert words.by_slug.keys() - seen == set()


def test_links_outside_are_safe(words: Library) -> None:
    outside = {link for page in words.pages for link in page.links() if "://" in link}
    assert all(link.startswith("https://") for link in outside)


def test_every_term_that_leads_on_leads_to_a_page(words: Library) -> None:
    assert {term.page for term in words.terms.values()} - words.by_slug.keys() <= {""}


@pytest.mark.django_db
def test_every_relation_shows_at_both_ends(library: None) -> None:
    for cause in CausePage.objects.live():
        for other in (*cause.tips, *cause.treatments):
            assert cause in type(other).objects.get(pk=other.pk).causes, (cause.slug, other.slug)
        for other in cause.lookalikes:
            assert cause in other.lookalikes, (cause.slug, other.slug)
    for model, name in ((TipPage, "tips"), (TreatmentPage, "treatments")):
        for page in model.objects.live():
            for cause in page.causes:
                assert page in getattr(CausePage.objects.get(pk=cause.pk), name)


@pytest.mark.django_db
def test_a_relation_can_be_seen_at_both_ends(library: None, client: Client) -> None:
    """On the pages themselves, for one cause and everything that it names."""
    cause = CausePage.objects.get(slug="slipped-disc")
    text = client.get(cause.url).content.decode()
    others: list[Any] = [*cause.tips, *cause.treatments, *cause.lookalikes]
    assert len(others) > 15
    for other in others:
        assert f'href="{other.url}"' in text, other.slug
        assert f'href="{cause.url}"' in client.get(other.url).content.decode(), other.slug

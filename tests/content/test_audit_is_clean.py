"""`manage.py audit_content` finds nothing to mend, in the files and on the site made from them."""

from collections.abc import Iterable

import pytest

from library.audit.checks import check_library
from library.audit.finding import Finding
from library.audit.from_site import library_from_site
from library.audit.library import Library


def _said(findings: Iterable[Finding]) -> list[str]:
    return [str(finding) for finding in findings]


def test_the_files_are_clean(words: Library) -> None:
    assert _said(check_library(words)) == []


@pytest.mark.django_db
def test_the_site_is_clean_and_says_the_same(library: None, words: Library) -> None:
    site = library_from_site()
    assert _said(check_library(site)) == []
    assert site.by_slug.keys() == words.by_slug.keys()
    for slug, page in site.by_slug.items():
        file = words.by_slug[slug]
        assert (page.kind, page.title, page.text) == (file.kind, file.title, file.text), slug
        assert set(page.care) == set(file.care), slug
        assert list(page.links()) == list(file.links()), slug
        assert [b.sources for b in page.blocks] == [b.sources for b in file.blocks], slug
    assert site.terms == words.terms


@pytest.mark.django_db
def test_the_audit_of_a_site_asks_few_queries(
    library: None, django_assert_max_num_queries: object
) -> None:
    """Not one for each page: the editors' report runs it over thousands."""
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        library_from_site()

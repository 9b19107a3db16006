"""The tests' own means: the starter library is there on request, and gone afterwards."""

import pytest
from wagtail.models import Page, Site

from library.models import CausePage, HomePage


@pytest.mark.django_db
def test_without_asking_there_is_no_library() -> None:
    assert not CausePage.objects.exists()


def test_the_library_is_there_on_request(library: None) -> None:
    assert CausePage.objects.filter(role="cause").count() == 5
    home = Site.objects.get(is_default_site=True).root_page.specific
    assert isinstance(home, HomePage)
    assert Page.find_problems() == ([], [], [], [], []), "the page tree must be whole"


def test_the_library_can_be_searched(library: None) -> None:
    assert CausePage.objects.live().search("stenosis").count() > 0


@pytest.mark.django_db
def test_afterwards_it_is_gone() -> None:
    assert not CausePage.objects.exists()

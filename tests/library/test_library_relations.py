"""A relation is stored once, on the cause, and seen at both ends."""

import pytest
from django.test import Client

from library.models import CausePage, TipPage, TreatmentPage

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def cause() -> CausePage:
    return CausePage.objects.get(key="disc_herniation")


def test_a_tip_names_the_causes_that_name_it(cause: CausePage) -> None:
    for tip in cause.tips:
        assert cause in tip.causes


def test_a_treatment_names_the_causes_that_name_it(cause: CausePage) -> None:
    for treatment in cause.treatments:
        assert cause in treatment.causes


def test_a_look_alike_is_seen_from_both_pages() -> None:
    clot = CausePage.objects.get(key="venous_thrombosis")
    assert clot.lookalikes
    for other in clot.lookalikes:
        assert clot in other.lookalikes


def test_the_pages_show_their_relations(client: Client, cause: CausePage) -> None:
    html = client.get(cause.url).content.decode()
    for other in [*cause.tips, *cause.treatments, *cause.lookalikes]:
        assert f'href="{other.url}"' in html
    for other in [cause.tips[0], cause.treatments[0]]:
        assert f'href="{cause.url}"' in client.get(other.url).content.decode()


def test_an_unpublished_page_is_not_shown_as_related(client: Client, cause: CausePage) -> None:
    tip, treatment = cause.tips[0], cause.treatments[0]
    tip.unpublish()
    treatment.unpublish()
    html = client.get(cause.url).content.decode()
    assert f'href="{tip.url}"' not in html
    assert f'href="{treatment.url}"' not in html


def test_no_tip_and_no_treatment_is_without_a_cause() -> None:
    pages = [*TipPage.objects.live(), *TreatmentPage.objects.live()]
    assert [page for page in pages if not page.causes] == []

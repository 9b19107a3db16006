"""Every page of the starter library opens, and says first what is urgent."""

import pytest
from django.test import Client
from wagtail.models import Page

from library.models import CausePage, HomePage, IndexPage, TipPage, TopicPage, TreatmentPage
from library.models.clinical_page import ClinicalPage

pytestmark = pytest.mark.usefixtures("library")


def pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gte=2).specific())


def test_every_page_opens_without_a_cookie(client: Client) -> None:
    for page in pages():
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        assert not response.cookies, f"{page.url} sets a cookie, so nothing could keep it"
        assert page.title in response.content.decode().replace("&#x27;", "'"), page.url


def test_every_page_type_is_a_clinical_page() -> None:
    assert all(isinstance(page, ClinicalPage) for page in pages())


def test_care_cards_stand_above_the_comparison_table(client: Client) -> None:
    topic = TopicPage.objects.get()
    html = client.get(topic.url).content.decode()
    assert html.index("care-word") < html.index("<table")
    assert html.index("<table") < html.index("/symptom-checker/back-and-calf/")


def test_the_topic_compares_its_causes_in_their_order(client: Client) -> None:
    context = client.get(TopicPage.objects.get().url).context
    assert [cause.key for cause in context["causes"]] == [
        "posture_static",
        "strain",
        "disc_herniation",
        "spinal_stenosis",
        "venous_thrombosis",
    ]
    lookalikes = CausePage.objects.live().filter(role=CausePage.Role.LOOKALIKE).order_by("path")
    assert [page.url for page in context["lookalikes"]] == [page.url for page in lookalikes]


def test_every_cause_leads_to_the_checker(client: Client) -> None:
    for cause in CausePage.objects.live():
        assert "/symptom-checker/back-and-calf/" in client.get(cause.url).content.decode(), cause


def test_a_cause_opens_with_its_own_signs_even_if_no_box_is_ticked() -> None:
    cause = CausePage.objects.get(key="venous_thrombosis")
    cause.care = []
    assert cause.care_keys() == ["venous_thrombosis"]


def test_the_index_lists_every_page_once_under_its_kind(client: Client) -> None:
    for index in IndexPage.objects.live():
        groups = client.get(index.url).context["groups"]
        listed = [page.url for _label, group in groups for page in group]
        assert sorted(listed) == sorted(page.url for page in index.get_children().live())
        assert all(group for _label, group in groups)


def test_an_unsigned_page_says_so(client: Client) -> None:
    html = client.get(CausePage.objects.get(key="strain").url).content.decode()
    assert "Not yet reviewed by a clinician" in html


def test_the_home_page_leads_to_topic_and_causes(client: Client) -> None:
    html = client.get(HomePage.objects.get().url).content.decode()
    for page in [*TopicPage.objects.live(), *CausePage.objects.main().live()]:
        assert page.url in html


def test_a_page_in_no_language_we_have_still_has_language_and_direction(client: Client) -> None:
    html = client.get("/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert '<html lang="en-gb" dir="ltr"' in html


@pytest.mark.parametrize("model", [TipPage, TreatmentPage])
def test_tips_and_treatments_name_their_kind(model: type[ClinicalPage]) -> None:
    assert all(page.kind_label for page in model.objects.all())

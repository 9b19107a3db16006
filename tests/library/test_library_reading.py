"""Citations and links of a page, fetched at once."""

import pytest
from django.test import Client, RequestFactory

from library.models import CausePage, Source
from library.reading import Reading

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def cause() -> CausePage:
    return CausePage.objects.get(key="venous_thrombosis")


def test_sources_are_numbered_in_the_order_of_first_mention(cause: CausePage) -> None:
    citations = list(Reading(cause).citations.values())
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    assert len({citation.source.pk for citation in citations}) == len(citations)


def test_every_number_on_the_page_leads_to_a_source_on_it(client: Client, cause: CausePage) -> None:
    html = client.get(cause.url).content.decode()
    for citation in Reading(cause).citations.values():
        assert f'href="#source-{citation.number}"' in html
        assert f'id="source-{citation.number}"' in html


def test_a_deleted_source_leaves_no_hole(client: Client, cause: CausePage) -> None:
    first = Source.objects.create(key="FIRST", kind="study", title="A study", says="Something.")
    value = {"heading": "", "smaller": False, "text": "<p>A claim.</p>", "sources": [first.pk]}
    blocks = [{"type": "prose", "value": value}, *cause.body.get_prep_value()]
    cause.body = cause.body.stream_block.to_python(blocks)
    cause.save_revision().publish()
    assert Reading(cause).citations[first.pk].number == 1
    first.delete()
    citations = list(Reading(cause).citations.values())
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    assert client.get(cause.url).status_code == 200


def test_a_link_to_a_page_that_is_gone_is_plain_text(client: Client, cause: CausePage) -> None:
    linked = CausePage.objects.get(key="pulmonary_embolism")
    url = linked.url
    assert f'href="{url}"' in client.get(cause.url).content.decode()
    linked.unpublish()
    assert f'href="{url}"' not in client.get(cause.url).content.decode()


def test_breadcrumbs_lead_home(cause: CausePage) -> None:
    crumbs = Reading(cause, RequestFactory().get("/")).breadcrumbs
    topic = cause.get_parent()
    assert [(page.title, page.url) for page in crumbs] == [
        (page.title, page.url) for page in (topic.get_parent(), topic)
    ]

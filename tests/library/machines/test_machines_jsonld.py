"""What pages say of themselves to search engines: whole, true, and safe inside the page."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from library.models import CausePage, GlossaryTerm, Source, TipPage, TopicPage
from library.reading import Reading
from review.models import SignOff

pytestmark = pytest.mark.usefixtures("library")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">')

#: What each type must have; nothing outside these types and the known ones below is written.
REQUIRED = {
    "MedicalWebPage": {"@id", "url", "name", "description", "inLanguage", "image", "publisher"},
    "MedicalCondition": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "DefinedTermSet": {"@id", "name", "hasDefinedTerm"},
    "DefinedTerm": {"@id", "name", "description", "inDefinedTermSet"},
    "CreativeWork": {"name"},
    "MedicalCode": {"codeValue", "codingSystem"},
    "MedicalSignOrSymptom": {"name"},
    "MedicalCause": {"name", "url", "causeOf"},
    "MedicalTherapy": {"name", "url"},
    "MedicalProcedure": {"name", "url"},
    "Drug": {"name", "url"},
    "DDxElement": {"diagnosis"},
    "Organization": {"name"},
    "Person": {"name", "jobTitle"},
    "MedicalAudience": {"audienceType"},
}


def graph(client: Client, url: str) -> list[dict[str, Any]]:
    [block] = BLOCK.findall(client.get(url).content.decode())
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = data["@graph"]
    return things


def of_type(things: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    [found] = [thing for thing in things if thing["@type"] == kind]
    return found


def check(value: Any) -> None:
    """Types, required properties, no empty value, whole addresses, all the way down."""
    if isinstance(value, list):
        assert value
        for one in value:
            check(one)
    elif isinstance(value, dict):
        assert value
        if set(value) != {"@id"}:
            assert value["@type"] in REQUIRED, value
            assert REQUIRED[value["@type"]] <= set(value), value
        for name, one in value.items():
            if name in ("@id", "url", "item", "image"):
                assert one.startswith(("http://", "https://")), (name, one)
            check(one)
    else:
        assert value not in ("", None)


def test_every_page_describes_itself_whole(client: Client) -> None:
    for page in Page.objects.live().filter(depth__gte=2):
        things = graph(client, page.url)
        for thing in things:
            check(thing)
        assert of_type(things, "MedicalWebPage")["name"] == page.title
        trail = [thing for thing in things if thing["@type"] == "BreadcrumbList"]
        assert len(trail) == (page.depth > 2), page.url
        for breadcrumbs in trail:
            items = breadcrumbs["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, page.depth))
            assert items[-1]["name"] == page.title


def test_a_cause_is_a_condition_with_all_that_the_library_knows(client: Client) -> None:
    page = CausePage.objects.get(key="venous_thrombosis")
    things = graph(client, page.url)
    condition = of_type(things, "MedicalCondition")
    assert of_type(things, "MedicalWebPage")["mainEntity"] == {"@id": condition["@id"]}
    codes = {code["codingSystem"]: code["codeValue"] for code in condition["code"]}
    assert codes == {"ICD-10": page.icd10, "ICD-11": page.icd11, "SNOMED CT": page.snomed}
    names = {key: [one["name"] for one in condition[key]] for key in
             ("possibleTreatment", "primaryPrevention", "signOrSymptom")}  # fmt: skip
    assert names["possibleTreatment"] == [one.title for one in page.treatments]
    assert names["primaryPrevention"] == [one.title for one in page.tips]
    assert page.feels in names["signOrSymptom"]
    # A machine shall not take for advised what guidelines advise against
    said = [one["description"] for one in condition["possibleTreatment"]]
    assert said == [one.answer for one in page.treatments]
    diagnoses = condition["differentialDiagnosis"]["diagnosis"]
    assert [one["name"] for one in diagnoses] == [one.title for one in page.lookalikes]


def test_citations_are_the_sources_of_the_page_without_expert_judgement(client: Client) -> None:
    page = CausePage.objects.get(key="venous_thrombosis")
    sources = [citation.source for citation in Reading(page).citations.values()]
    expected = [source.title for source in sources if source.kind != Source.Kind.EXPERT]
    cited = of_type(graph(client, page.url), "MedicalWebPage")["citation"]
    assert [one["name"] for one in cited] == expected
    assert len(expected) < len(sources)


def test_a_reviewer_is_named_only_for_the_version_that_was_reviewed(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    assert "reviewedBy" not in of_type(graph(client, page.url), "MedicalWebPage")
    SignOff.objects.create(
        page=page,
        revision=page.live_revision,
        name="Dr Ada Field",
        profession="Physiotherapist",
        registration="PH1",
        valid_until=date.today() + timedelta(days=90),
    )
    found = of_type(graph(client, page.url), "MedicalWebPage")
    assert found["reviewedBy"]["name"] == "Dr Ada Field"
    assert found["lastReviewed"]
    page.answer = "Something else."
    page.save_revision().publish()
    assert "reviewedBy" not in of_type(graph(client, page.url), "MedicalWebPage")


def test_the_topic_and_a_tip_name_their_causes(client: Client) -> None:
    topic = of_type(graph(client, TopicPage.objects.get().url), "MedicalWebPage")
    assert len(topic["about"]) == 5
    things = graph(client, TopicPage.objects.get().url)
    symptom = of_type(things, "MedicalSignOrSymptom")
    assert topic["mainEntity"] == {"@id": symptom["@id"]}
    causes = [thing for thing in things if thing["@type"] == "MedicalCause"]
    assert [one["name"] for one in causes] == [one["name"] for one in topic["about"]]
    assert all(one["causeOf"] == {"@id": symptom["@id"]} for one in causes)
    tip = TipPage.objects.get(slug="calf-pump-breaks")
    about = of_type(graph(client, tip.url), "MedicalWebPage")["about"]
    assert [one["name"] for one in about] == [cause.title for cause in tip.causes]


def test_the_glossary_is_a_set_of_defined_terms(client: Client) -> None:
    [terms] = graph(client, "/glossary/")
    check(terms)
    names = [term["name"] for term in terms["hasDefinedTerm"]]
    assert names == list(GlossaryTerm.objects.values_list("term", flat=True))


def test_no_title_can_end_the_script_element(client: Client) -> None:
    page = TipPage.objects.get(slug="walking")
    page.title = page.answer = '</script><script>alert("&1")</script><!--\u2028'
    page.save()
    html = client.get(page.url).content.decode()
    assert "<script>alert" not in html
    [block] = BLOCK.findall(html)
    assert not set("<>&\u2028") & set(block)
    assert of_type(json.loads(block)["@graph"], "MedicalWebPage")["name"] == page.title


def test_a_shared_link_has_a_picture_of_its_own(client: Client) -> None:
    page = CausePage.objects.get(key="disc_herniation")
    html = client.get(page.url).content.decode()
    found = dict(META.findall(html))
    assert found["og:title"] == page.title
    assert found["og:url"] == f"http://testserver{page.url}"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert f'<link rel="canonical" href="http://testserver{page.url}">' in html
    assert (
        f'<link rel="alternate" type="text/markdown" href="http://testserver{page.url}page.md">'
        in html
    )


def test_pages_of_ours_that_are_no_library_pages_say_nothing(client: Client) -> None:
    html = client.get("/a-z/").content.decode()
    assert not BLOCK.findall(html)
    assert "og:image" not in html

"""A cause as schema.org MedicalCondition: signs, codes, treatments, prevention, look-alikes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from library.listed import Listed
from library.machines.addresses import page_address
from library.models import CausePage, TopicPage, TreatmentPage

Thing = dict[str, Any]
SYSTEMS = {"icd10": "ICD-10", "icd11": "ICD-11", "snomed": "SNOMED CT"}
TREATMENT_TYPES = {
    TreatmentPage.Kind.MEDICINE: "Drug",
    TreatmentPage.Kind.PROCEDURE: "MedicalProcedure",
    TreatmentPage.Kind.CARE: "MedicalTherapy",
}


def codes(page: CausePage) -> dict[str, list[str]]:
    """Codes by system; the fields hold them with commas between."""
    found = {name: getattr(page, name).split(",") for name in SYSTEMS}
    listed = {name: [code.strip() for code in given] for name, given in found.items()}
    return {name: [code for code in given if code] for name, given in listed.items()}


def condition(page: CausePage, context: Mapping[str, Any], request: HttpRequest, key: str) -> Thing:
    thing: Thing = {
        "@type": "MedicalCondition",
        "@id": key,
        "name": page.title,
        "alternateName": page.other_names,
        "description": page.answer,
        "url": page_address(request, page),
        "code": [
            {"@type": "MedicalCode", "codeValue": code, "codingSystem": SYSTEMS[name]}
            for name, given in codes(page).items()
            for code in given
        ],
        "signOrSymptom": list(_signs(page)),
        "possibleTreatment": [_treatment(one, request) for one in context["treatments"]],
        "primaryPrevention": [_therapy(tip, request) for tip in context["tips"]],
        "differentialDiagnosis": _differential(context["lookalikes"], request),
    }
    return {name: value for name, value in thing.items() if value}


def symptom(
    page: TopicPage, causes: Sequence[CausePage], request: HttpRequest, key: str
) -> list[Thing]:
    """What a topic is about, and what can be the cause of it."""
    thing: Thing = {
        "@type": "MedicalSignOrSymptom",
        "@id": key,
        "name": page.title,
        "alternateName": page.other_names,
        "description": page.answer,
        "url": page_address(request, page),
    }
    return [{name: value for name, value in thing.items() if value}] + [
        {
            "@type": "MedicalCause",
            "name": cause.title,
            "url": page_address(request, cause),
            "causeOf": {"@id": key},
        }
        for cause in causes
    ]


def reference(page: Listed | CausePage, request: HttpRequest) -> Thing:
    """A condition that has its own page. A topic shows more of it than lists do: its row."""
    url = page.url if isinstance(page, Listed) else page.get_url(request)
    return {
        "@type": "MedicalCondition",
        "name": page.title,
        "url": request.build_absolute_uri(url),
    }


def _signs(page: CausePage) -> Iterator[Thing]:
    for words in (page.feels, page.where, page.swelling):
        if words:
            yield {"@type": "MedicalSignOrSymptom", "name": words}


def _treatment(page: Listed, request: HttpRequest) -> Thing:
    """With its answer: some are listed because guidelines advise against them."""
    return {
        "@type": TREATMENT_TYPES[TreatmentPage.Kind(page.kind)],
        "name": page.title,
        "description": page.answer,
        "url": request.build_absolute_uri(page.url),
    }


def _therapy(page: Listed, request: HttpRequest) -> Thing:
    url = request.build_absolute_uri(page.url)
    return {"@type": "MedicalTherapy", "name": page.title, "url": url}


def _differential(pages: Sequence[Listed], request: HttpRequest) -> Thing:
    if not pages:
        return {}
    return {"@type": "DDxElement", "diagnosis": [reference(page, request) for page in pages]}

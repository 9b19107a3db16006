"""Which page type a planned page has, and which fields go with its kind."""

from typing import Any

from library.models import CausePage, IndexPage, InfoPage, TipPage, TopicPage, TreatmentPage
from library.models.clinical_page import ClinicalPage

_MODELS: dict[str, tuple[type[ClinicalPage], dict[str, Any]]] = {
    "topic": (TopicPage, {}),
    "cause": (CausePage, {"role": CausePage.Role.CAUSE}),
    "look-alike": (CausePage, {"role": CausePage.Role.LOOKALIKE}),
    "info": (InfoPage, {}),
    "tips": (IndexPage, {"lists": IndexPage.Lists.TIP}),
    "treatments": (IndexPage, {"lists": IndexPage.Lists.TREATMENT}),
    **{kind: (TipPage, {"kind": kind, "strength": "low"}) for kind in TipPage.Kind.values},
    **{kind: (TreatmentPage, {"kind": kind}) for kind in TreatmentPage.Kind.values},
}


def model_of(kind: str) -> type[ClinicalPage]:
    return _MODELS[kind][0]


def fields_of(kind: str) -> dict[str, Any]:
    return dict(_MODELS[kind][1])

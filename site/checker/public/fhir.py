"""HL7 FHIR R4: the questions of a release, and the answers of one visit.

Plain dicts: the two resources are small, and the tests check what they may hold. Each option is a
code "question.option" in a code system of this website, because "no" to one question is not "no" to
another.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from checker.engine import Condition, Option, Question, path
from checker.releases import LiveRelease

CONTENT_TYPE = "application/fhir+json"
Resource = dict[str, Any]

_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"


def questionnaire(release: LiveRelease, is_live: bool) -> Resource:
    """The questions in the order of asking. Old releases are "retired", answers to them valid."""
    return {
        "resourceType": "Questionnaire",
        "id": f"{release.checker}-{release.number}",
        "url": _canonical(release),
        "version": str(release.number),
        "name": "".join(part.capitalize() for part in release.checker.split("-")),
        "title": release.title,
        "status": "active" if is_live else "retired",
        "experimental": False,
        "subjectType": ["Patient"],
        "date": release.created.isoformat(timespec="seconds"),
        "description": (
            f"Questions of the symptom checker “{release.title}”, release {release.number}. "
            "A visit stops asking once further answers can no longer change the advice."
        ),
        "item": [_item(release, question) for question in release.ruleset.asking_order],
    }


def questionnaire_response(
    release: LiveRelease, answers: Mapping[str, str], when: datetime
) -> Resource:
    """The answers that counted, without a subject: the checker does not know who the patient is."""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{_canonical(release)}|{release.number}",
        "status": "completed",
        "authored": when.isoformat(timespec="seconds"),
        "item": [
            {
                "linkId": question.key,
                "text": question.text,
                "answer": [
                    {
                        "valueCoding": _coding(
                            release, question, question.option(answers[question.key])
                        )
                    }
                ],
            }
            for question in path(release.ruleset, answers)
        ],
    }


def _canonical(release: LiveRelease) -> str:
    """The same for all releases; the version tells them apart."""
    return f"{settings.SITE_URL}{reverse('checker:start', args=[release.checker])}questionnaire"


def _system(release: LiveRelease) -> str:
    return f"{settings.SITE_URL}{reverse('checker:start', args=[release.checker])}answers"


def _item(release: LiveRelease, question: Question) -> Resource:
    item: Resource = {
        "linkId": question.key,
        "text": question.text,
        "type": "choice",
        "required": False,
        "repeats": False,
        "answerOption": [
            {"valueCoding": _coding(release, question, option)} for option in question.options
        ],
    }
    item |= _enabled_when(release, question)
    helps = [(name, getattr(question, name)) for name in ("hint", "why")]
    shown = [_display(f"{question.key}.{name}", text) for name, text in helps if text]
    return item | ({"item": shown} if shown else {})


def _display(link: str, text: str) -> Resource:
    control = {"coding": [{"system": _CONTROLS, "code": "help"}]}
    return {
        "linkId": link,
        "text": text,
        "type": "display",
        "extension": [{"url": _CONTROL, "valueCodeableConcept": control}],
    }


def _coding(release: LiveRelease, question: Question, option: Option) -> Resource:
    return {
        "system": _system(release),
        "version": str(release.number),
        "code": f"{question.key}.{option.key}",
        "display": option.text,
    }


def _enabled_when(release: LiveRelease, question: Question) -> Resource:
    """``ask_if`` in FHIR's terms, which know one "all" or one "any" for the whole question.

    One condition: any of its options. More: all of them, and where a condition has several options,
    it is said the other way round (there is an answer, and it is none of the other options).
    """
    conditions = question.ask_if
    if not conditions:
        return {}
    if len(conditions) == 1:
        return {
            "enableWhen": _one_of(release, conditions[0]),
            "enableBehavior": "any",
        }
    tests = [
        test
        for condition in conditions
        for test in (
            _one_of(release, condition)
            if len(condition.options) == 1
            else _none_of_the_others(release, condition)
        )
    ]
    return {"enableWhen": tests, "enableBehavior": "all"}


def _one_of(release: LiveRelease, condition: Condition) -> list[Resource]:
    return [_test(release, condition, key, "=") for key in condition.options]


def _none_of_the_others(release: LiveRelease, condition: Condition) -> list[Resource]:
    question = release.ruleset.question_by_key[condition.question]
    others: Sequence[str] = [key for key in question.option_keys if key not in condition.options]
    answered = {"question": condition.question, "operator": "exists", "answerBoolean": True}
    return [answered, *(_test(release, condition, key, "!=") for key in others)]


def _test(release: LiveRelease, condition: Condition, option: str, operator: str) -> Resource:
    question = release.ruleset.question_by_key[condition.question]
    coding = _coding(release, question, question.option(option))
    return {"question": condition.question, "operator": operator, "answerCoding": coding}

"""What other software gets is valid HL7 FHIR R4, also where the library does not look."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import small_rulesets, thorough, visible
from visits import CLEAR_CLOT, Patient

from checker.engine import Ruleset
from checker.engine.flow import Replay
from checker.public.fhir import questionnaire, questionnaire_response
from checker.releases import LiveRelease

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
# Value sets of FHIR R4, which fhir.resources does not check.
PUBLICATION_STATUS = {"draft", "active", "retired", "unknown"}
RESPONSE_STATUS = {"in-progress", "completed", "amended", "entered-in-error", "stopped"}
OPERATORS = {"exists", "=", "!=", ">", "<", ">=", "<="}
ITEM_TYPES = {"choice", "display"}
CODE = re.compile(r"[^\s]+(\s[^\s]+)*")
NAME = re.compile(r"[A-Z]([A-Za-z0-9_]){0,254}")
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")


def release_of(ruleset: Ruleset) -> LiveRelease:
    return LiveRelease("leg", ruleset.title, 3, NOW, "ab" * 32, ruleset, False)


def all_items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [found for item in items for found in (item, *all_items(item.get("item", [])))]


def check_questionnaire(resource: dict[str, Any], ruleset: Ruleset) -> None:
    parsed = Questionnaire.model_validate(resource)
    assert parsed.url == resource["url"]
    assert resource["status"] in PUBLICATION_STATUS
    assert NAME.fullmatch(resource["name"])
    assert ID.fullmatch(resource["id"])
    items = all_items(resource["item"])
    links = [item["linkId"] for item in items]
    assert len(set(links)) == len(links)
    codes = []
    for item in items:
        assert item["type"] in ITEM_TYPES
        assert (item["type"] == "choice") == ("answerOption" in item)
        codes += [option["valueCoding"]["code"] for option in item.get("answerOption", [])]
        check_enabling(item, links)
    assert len(set(codes)) == len(codes)
    assert all(CODE.fullmatch(code) for code in codes)
    assert len(codes) == sum(len(question.options) for question in ruleset.questions)


def check_enabling(item: dict[str, Any], links: list[str]) -> None:
    tests = item.get("enableWhen", [])
    # que-12: with more than one enableWhen there must be an enableBehavior.
    assert len(tests) < 2 or item["enableBehavior"] in {"all", "any"}
    for test in tests:
        assert test["operator"] in OPERATORS
        # An item may depend only on one that comes before it.
        assert links.index(test["question"]) < links.index(item["linkId"])
        # que-7: "exists" goes with a boolean, and only with one.
        assert (test["operator"] == "exists") == ("answerBoolean" in test)


def is_enabled(item: Mapping[str, Any], codes: Mapping[str, str]) -> bool:
    """As FHIR R4 says: "=" needs an answer; "!=" is also true without one."""
    results = []
    for test in item.get("enableWhen", []):
        answer = codes.get(test["question"])
        if test["operator"] == "exists":
            results.append((answer is not None) == test["answerBoolean"])
        else:
            same = answer == test["answerCoding"]["code"]
            results.append(same if test["operator"] == "=" else not same)
    if not results:
        return True
    return all(results) if item["enableBehavior"] == "all" else any(results)


@given(ruleset=small_rulesets(), data=st.data())
@thorough
def test_other_software_asks_what_we_ask(ruleset: Ruleset, data: st.DataObject) -> None:
    """enableWhen shows exactly the questions whose ``ask_if`` holds, for any answers."""
    resource = questionnaire(release_of(ruleset), is_live=True)
    check_questionnaire(resource, ruleset)
    sheet = {q.key: data.draw(st.sampled_from(q.option_keys)) for q in ruleset.questions}
    codes: dict[str, str] = {}
    for item in resource["item"]:
        if is_enabled(item, codes):
            codes[item["linkId"]] = f"{item['linkId']}.{sheet[item['linkId']]}"
    assert set(codes) == set(visible(ruleset, sheet))


def test_two_conditions_with_several_options_each() -> None:
    from ruleset_factory import broken

    def depend(files: dict[str, Any]) -> None:
        question = files["questions"]["question"][-1]
        question["ask_if"] = {"swelling": ["slight", "clear"], "age": ["young", "old"]}

    ruleset = broken(depend)
    resource = questionnaire(release_of(ruleset), is_live=True)
    check_questionnaire(resource, ruleset)
    desk = next(item for item in resource["item"] if item["linkId"] == "desk")
    for swelling in ("no", "not-sure", "slight", "clear"):
        for age in ("young", "middle", "old", "not-sure"):
            codes = {"swelling": f"swelling.{swelling}", "age": f"age.{age}"}
            expected = swelling in ("slight", "clear") and age in ("young", "old")
            assert is_enabled(desk, codes) == expected
    assert not is_enabled(desk, {"swelling": "swelling.clear"})


def test_the_real_questions_are_valid_and_public(real: LiveRelease) -> None:
    reply = Client().get("/symptom-checker/back-and-calf/releases/1/questionnaire.json")
    assert reply["Content-Type"] == "application/fhir+json"
    assert reply["Content-Disposition"].startswith("attachment")
    assert "public" in reply["Cache-Control"]
    resource = json.loads(reply.content)
    check_questionnaire(resource, real.ruleset)
    assert resource["status"] == "active"


def test_a_release_that_is_no_longer_live_is_retired(small: LiveRelease) -> None:
    from visits import release_small

    release_small(lambda files: files["questions"].update(title="Leg checker, new"), number=2)
    reply = Client().get("/symptom-checker/leg/releases/1/questionnaire.json")
    assert json.loads(reply.content)["status"] == "retired"
    assert json.loads(reply.content)["title"] == "Leg checker"


def test_the_answers_of_every_case_are_a_valid_response(real: LiveRelease) -> None:
    asked = {item["linkId"]: item for item in questionnaire(real, is_live=True)["item"]}
    for case in real.ruleset.cases:
        replayed = Replay(real.ruleset, lambda q, c=dict(case.answers): c.get(q.key, "not-sure"))
        resource = questionnaire_response(real, replayed.answers, NOW)
        QuestionnaireResponse.model_validate(resource)
        assert resource["status"] in RESPONSE_STATUS
        assert [item["linkId"] for item in resource["item"]] == list(replayed.answers)
        for item in resource["item"]:
            options = asked[item["linkId"]]["answerOption"]
            assert item["answer"][0] in options


def test_the_response_names_the_release_it_answers(small: LiveRelease) -> None:
    resource = questionnaire_response(small, {"breathless": "yes"}, NOW)
    own = questionnaire(small, is_live=True)
    assert resource["questionnaire"] == f"{own['url']}|{own['version']}"


def test_the_patient_downloads_their_own_answers_and_nobody_keeps_them(
    small: LiveRelease, client: Client
) -> None:
    patient = Patient(client, "leg")
    patient.walk(CLEAR_CLOT)
    reply = patient.get("fhir")
    assert reply["Content-Type"] == "application/fhir+json"
    assert "attachment" in reply["Content-Disposition"]
    assert "no-store" in reply["Cache-Control"]
    resource = json.loads(reply.content)
    QuestionnaireResponse.model_validate(resource)
    assert "subject" not in resource
    codes = [item["answer"][0]["valueCoding"]["code"] for item in resource["item"]]
    assert codes[:2] == ["breathless.no", "swelling.clear"]
    assert patient.url("fhir") in patient.page(patient.url("summary"))

"""A visit shown again from its code: on its own release, in words, and stored nowhere."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from visits import CLEAR_CLOT, EMERGENCY, Patient, release_small

from checker.models import Checker
from serving_site import settle


def code_of(patient: Patient, answers: dict[str, str]) -> str:
    patient.walk(answers)
    return str(patient.get("summary").context["code"])


def test_another_person_sees_what_the_patient_saw(patient: Patient) -> None:
    code = code_of(patient, CLEAR_CLOT)
    doctor = Client()
    reply = doctor.post(patient.url("replay"), {"code": code})
    page = reply.content.decode()
    assert "Replayed." in page
    assert "Be seen by a clinician today" in page
    assert "because of clot" in page
    assert "swelling: clear." in page
    assert code in page
    assert not reply.cookies.get("answers-leg")
    assert "no-store" in reply["Cache-Control"]


def test_an_emergency_is_replayed_too(patient: Patient) -> None:
    code = code_of(patient, EMERGENCY)
    page = Client().post(patient.url("replay"), {"code": code.lower()}).content.decode()
    assert "Get emergency help now" in page


def test_on_an_old_release_it_says_what_the_old_rules_said(patient: Patient) -> None:
    code = code_of(patient, CLEAR_CLOT)
    release_small(without_desk, number=2)
    assert patient.get("rules").context["release"].number == 2
    reply = Client().post(patient.url("replay"), {"code": code})
    page = reply.content.decode()
    assert reply.context["release"].number == 1
    assert reply.context["advice"].key == "urgent"
    assert "Visitors now get another release" in page


def without_desk(files: dict[str, Any]) -> None:
    """A second release that still passes the gate: a question less."""
    files["questions"]["question"] = [
        q for q in files["questions"]["question"] if q["key"] != "desk"
    ]
    files["signs"]["sign"] = [s for s in files["signs"]["sign"] if s["question"] != "desk"]
    for case in files["cases"]["case"]:
        case["answers"].pop("desk", None)


def test_nothing_is_written(patient: Patient) -> None:
    code = code_of(patient, CLEAR_CLOT)
    settle()
    Client().get("/")  # menu and owner are kept between requests, as in a running server
    with CaptureQueriesContext(connection) as queries:
        Client().post(patient.url("replay"), {"code": code})
    assert all(query["sql"].lstrip("(").startswith("SELECT") for query in queries)
    assert len(queries) <= 6


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Type the code"),
        ("hello!", "wrong character"),
        ("0000-0000", "wrong character"),
        ("U", "wrong character"),
        ("9" * 300, "at most 200"),
    ],
)
def test_a_bad_code_is_answered_with_what_to_do(patient: Patient, code: str, says: str) -> None:
    reply = patient.client.post(patient.url("replay"), {"code": code})
    assert reply.status_code == 422
    assert says in reply.content.decode()


def test_a_release_that_was_tampered_with_is_not_replayed(patient: Patient) -> None:
    code = code_of(patient, CLEAR_CLOT)
    release_small(without_desk, number=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE checker_release SET digest = 'ab',"
            " snapshot = replace(snapshot, 'urgent', 'soon') WHERE number = 1"
        )
    reply = patient.client.post(patient.url("replay"), {"code": code})
    assert reply.status_code == 422
    assert "does not have" in reply.content.decode()


def test_taken_down_nothing_is_replayed(patient: Patient) -> None:
    code = code_of(patient, CLEAR_CLOT)
    Checker.objects.update(is_down=True)
    reply = patient.client.post(patient.url("replay"), {"code": code})
    assert reply["Location"] == patient.url("start")

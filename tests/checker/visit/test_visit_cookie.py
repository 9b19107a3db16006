"""The one cookie that holds the answers: signed, short-lived, for nobody else."""

import re
import time
from typing import Any
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from visits import CLEAR_CLOT, Patient, release_small

from checker.visit.cookie import AnswersLost, Kept, cookie_name, keep_answers, read_answers

NAME = cookie_name("leg")


def test_its_attributes_keep_it_where_it_belongs(patient: Patient) -> None:
    patient.begin()
    cookie = patient.answer("breathless", "no").cookies[NAME]
    assert cookie["path"] == patient.url("start")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == 30 * 60


def test_over_https_it_is_sent_over_https_only(patient: Patient, settings: Any) -> None:
    settings.HTTPS = True
    patient.begin()
    assert patient.answer("breathless", "no").cookies[NAME]["secure"]


@pytest.mark.parametrize("minutes", [31, 60 * 24 * 365])
def test_it_is_refused_when_it_is_too_old(patient: Patient, minutes: int) -> None:
    patient.walk(CLEAR_CLOT)
    later = time.time() + minutes * 60
    with mock.patch("django.core.signing.time.time", return_value=later):
        reply = patient.get("result")
    assert reply["Location"].endswith("?ended=1")
    assert reply.cookies[NAME]["max-age"] == 0


def test_it_still_counts_within_its_time(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    with mock.patch("django.core.signing.time.time", return_value=time.time() + 29 * 60):
        assert patient.get("result").status_code == 200


def test_every_answer_gives_it_new_time(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    with mock.patch("django.core.signing.time.time", return_value=time.time() + 29 * 60):
        patient.answer("breathless", "no")
    with mock.patch("django.core.signing.time.time", return_value=time.time() + 58 * 60):
        assert patient.get("result").status_code == 200


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "é", "{}", "x" * 10_000])
def test_nonsense_leads_to_the_first_page(patient: Patient, value: str) -> None:
    patient.client.cookies[NAME] = value
    reply = patient.get("result")
    assert reply["Location"].startswith(patient.url("start"))


def test_one_changed_character_is_noticed(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    value = patient.client.cookies[NAME].value
    for place in (0, len(value) // 2, len(value) - 1):
        other = "A" if value[place] != "A" else "B"
        patient.client.cookies[NAME] = value[:place] + other + value[place + 1 :]
        assert patient.get("result")["Location"].endswith("?ended=1")


def test_answers_to_one_checker_never_count_for_another() -> None:
    response = HttpResponse()
    keep_answers(response, "leg", 1, {"breathless": "no"})
    request = RequestFactory().get("/")
    request.COOKIES = {cookie_name("arm"): response.cookies[NAME].value}
    with pytest.raises(AnswersLost):
        read_answers(request, "arm")


def test_a_seal_of_ours_on_something_else_is_refused() -> None:
    from django.core import signing

    request = RequestFactory().get("/")
    for value in (["breathless"], {"release": 1}, {"release": None, "answers": {}}):
        request.COOKIES = {NAME: signing.dumps(value, salt="checker.answers.leg")}
        with pytest.raises(AnswersLost):
            read_answers(request, "leg")


def test_what_is_kept_is_read_back() -> None:
    response = HttpResponse()
    keep_answers(response, "leg", 7, {"breathless": "no", "age": "old"})
    request = RequestFactory().get("/")
    request.COOKIES = {NAME: response.cookies[NAME].value}
    assert read_answers(request, "leg") == Kept(7, {"breathless": "no", "age": "old"})


def reword(files: dict[str, Any]) -> None:
    files["questions"]["question"][1]["text"] = "Is one leg bigger?"


def drop_desk(files: dict[str, Any]) -> None:
    """Question, signs and cases that speak of the desk are gone."""
    files["questions"]["question"] = [
        q for q in files["questions"]["question"] if q["key"] != "desk"
    ]
    files["signs"]["sign"] = [s for s in files["signs"]["sign"] if s["question"] != "desk"]
    for case in files["cases"]["case"]:
        case["answers"].pop("desk", None)


class TestReleaseInMidVisit:
    def test_answers_to_unchanged_questions_are_kept_and_it_is_said(self, patient: Patient) -> None:
        patient.walk(CLEAR_CLOT)
        release_small(drop_desk, number=2)
        assert patient.get("result")["Location"] == patient.url("answers")
        page = patient.get("answers")
        assert "Our questions were updated" in page.content.decode()
        said = [entry["row"].said for entry in page.context["rows"]]
        assert "swelling: clear." in said
        assert "Our questions were updated" not in patient.page(patient.url("result"))

    def test_a_reworded_question_is_asked_again(self, patient: Patient) -> None:
        patient.walk(CLEAR_CLOT)
        release_small(reword, number=2)
        reply = patient.client.get(patient.url("result"), follow=True)
        assert reply.redirect_chain[-1][0] == patient.url("question", "swelling")
        assert "Our questions were updated" in reply.content.decode()
        assert patient.answer("swelling", "clear")["Location"] == patient.url("answers")

    def test_an_emergency_waits_for_no_notice(self, patient: Patient) -> None:
        patient.walk({"breathless": "yes"})
        release_small(drop_desk, number=2)
        assert patient.get("result").status_code == 200

    def test_a_form_of_other_words_is_not_taken(self, patient: Patient) -> None:
        patient.begin()
        patient.answer("breathless", "no", release_number=1)
        release_small(reword, number=2)
        reply = patient.answer("swelling", "no", release_number=1)
        assert reply.status_code == 422
        page = reply.content.decode()
        assert "has just been changed" in page
        assert "Is one leg bigger?" in page
        assert not re.search(r'name="answer"[^>]*checked', page)
        assert patient.answer("swelling", "no", release_number=2).status_code == 302

    def test_a_form_of_the_same_words_is_taken(self, patient: Patient) -> None:
        patient.begin()
        release_small(reword, number=2)
        assert patient.answer("breathless", "no", release_number=1).status_code == 302

    def test_a_release_that_is_gone_keeps_nothing_it_cannot_check(self, patient: Patient) -> None:
        patient.begin()
        response = HttpResponse()
        keep_answers(response, "leg", 99, {"breathless": "no"})
        patient.client.cookies[NAME] = response.cookies[NAME].value
        reply = patient.client.get(patient.url("result"), follow=True)
        assert reply.redirect_chain[-1][0] == patient.url("question", "breathless")

"""The way through a checker: forward, back, changed, wrong, stale, taken down."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from visits import CLEAR_CLOT, EMERGENCY, SELF_CARE, Patient, question_in

from checker.models import Checker
from checker.visit.cookie import cookie_name

MOST_QUERIES = 6


def test_questions_come_one_a_page_and_end_at_the_answers(patient: Patient) -> None:
    assert patient.walk(CLEAR_CLOT) == patient.url("answers")
    assert patient.asked[0] == "breathless"
    assert "tender" in patient.asked


def test_an_emergency_answer_leads_to_the_card_at_once(patient: Patient) -> None:
    assert patient.walk(EMERGENCY) == patient.url("result")
    assert patient.asked == ["breathless"]


def test_back_leads_to_the_question_before_with_its_answer_still_chosen(patient: Patient) -> None:
    patient.begin()
    second = question_in(patient.answer("breathless", "no")["Location"])
    page = patient.page(patient.url("question", second))
    assert f'class="back" href="{patient.url("question", "breathless")}"' in page
    before = patient.get("question", "breathless")
    assert before.context["form"].initial["answer"] == "no"
    assert b"checked" in before.content


def test_changing_an_answer_keeps_the_others(patient: Patient) -> None:
    patient.walk(SELF_CARE)
    reply = patient.answer("age", "middle")
    assert reply["Location"] == patient.url("answers")
    said = {entry["row"].key: entry["row"].said for entry in patient.get("answers").context["rows"]}
    assert said["age"] == "age: middle."
    assert said["swelling"] == "swelling: no."


def test_a_change_that_opens_a_question_asks_only_that_one(patient: Patient) -> None:
    patient.walk(SELF_CARE)
    assert question_in(patient.answer("swelling", "slight")["Location"]) == "tender"
    assert patient.answer("tender", "no")["Location"] == patient.url("answers")


def test_no_choice_is_an_instruction_and_loses_nothing(patient: Patient) -> None:
    patient.begin()
    patient.answer("breathless", "no")
    reply = patient.client.post(patient.url("question", "swelling"), {})
    assert reply.status_code == 422
    assert "Choose one answer" in reply.content.decode()
    assert patient.answer("swelling", "clear").status_code == 302
    assert patient.get("question", "breathless").context["form"].initial["answer"] == "no"


def test_an_option_that_does_not_exist_is_asked_again(patient: Patient) -> None:
    patient.begin()
    reply = patient.answer("breathless", "perhaps<script>")
    assert reply.status_code == 422
    assert b"perhaps" not in reply.content


def test_a_question_that_does_not_exist_leads_on(patient: Patient) -> None:
    patient.begin()
    following = patient.answer("breathless", "no")["Location"]
    reply = patient.get("question", "no-such-thing")
    assert reply.status_code == 404
    assert reply.context["next_url"] == following
    assert following in reply.content.decode()


@pytest.mark.parametrize("view", ["result", "answers", "summary", "fhir"])
def test_nothing_is_shown_before_the_last_answer(patient: Patient, view: str) -> None:
    patient.begin()
    following = patient.answer("breathless", "no")["Location"]
    assert patient.get(view)["Location"] == following


def test_a_question_that_is_not_due_leads_to_the_one_that_is(patient: Patient) -> None:
    patient.begin()
    following = patient.answer("breathless", "no")["Location"]
    assert patient.get("question", "tender")["Location"] == following
    assert patient.answer("tender", "yes")["Location"] == following


@pytest.mark.parametrize("view", ["result", "answers", "summary", "fhir"])
def test_without_a_cookie_the_first_page_says_what_happened(patient: Patient, view: str) -> None:
    reply = patient.client.get(patient.url(view), follow=True)
    assert reply.redirect_chain[-1][0].startswith(patient.url("start"))
    assert "Your answers are gone" in reply.content.decode()


def test_a_browser_without_cookies_is_told_so_after_its_first_answer(patient: Patient) -> None:
    patient.begin()
    following = patient.answer("breathless", "no")["Location"]
    patient.client.cookies.clear()
    reply = patient.client.get(following, follow=True)
    assert "did not keep our cookie" in reply.content.decode()


def test_delete_my_answers_stands_on_every_page_and_deletes_them(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    for view in ("answers", "result", "summary"):
        assert f'action="{patient.url("delete")}"' in patient.page(patient.url(view))
    assert f'action="{patient.url("delete")}"' in patient.page(patient.url("question", "tender"))
    reply = patient.client.post(patient.url("delete"))
    assert reply.cookies[cookie_name("leg")]["max-age"] == 0
    assert patient.client.get(patient.url("result"))["Location"].endswith("?ended=1")


def test_delete_is_not_done_by_a_link(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    assert patient.get("delete").status_code == 405
    assert patient.get("result").status_code == 200


def test_beginning_again_forgets_but_looking_ahead_does_not(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    ahead = {"HTTP_SEC_PURPOSE": "prefetch;prerender"}
    assert patient.client.get(patient.url("begin"), **ahead).status_code == 503
    assert patient.get("result").status_code == 200
    patient.begin()
    assert patient.get("result").status_code == 302


def test_no_page_of_a_visit_is_kept_anywhere(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    urls = [
        patient.url(view) for view in ("start", "answers", "result", "summary", "fhir", "replay")
    ]
    for url in [*urls, patient.url("question", "tender")]:
        reply = patient.client.get(url)
        assert reply.status_code == 200, url
        assert "no-store" in reply["Cache-Control"], url
        assert reply["Referrer-Policy"] == "same-origin", url


@pytest.mark.django_db
def test_a_checker_that_does_not_exist_is_a_plain_404(client: Any) -> None:
    assert client.get("/symptom-checker/nobody/").status_code == 404
    assert client.get("/symptom-checker/nobody/questions/age/").status_code == 404
    assert client.post("/symptom-checker/nobody/delete/").status_code == 404


def test_a_checker_without_a_release_is_a_plain_404(patient: Patient) -> None:
    Checker.objects.update(live=None)
    for view in ("start", "begin", "result", "replay", "rules", "releases", "paper"):
        assert patient.get(view).status_code == 404, view


def test_taken_down_there_is_only_when_to_get_help(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    Checker.objects.update(is_down=True)
    page = patient.page(patient.url("start"))
    assert "you have lung" in page
    assert "you have clot" in page
    assert patient.url("begin") not in page
    for view in ("begin", "answers", "result", "summary", "fhir", "replay", "paper"):
        assert patient.get(view)["Location"] == patient.url("start"), view
    assert patient.answer("tender", "yes")["Location"] == patient.url("start")


def test_a_form_from_another_site_is_refused_in_plain_words(small: Any) -> None:
    from django.test import Client

    stranger = Patient(Client(enforce_csrf_checks=True), "leg")
    reply = stranger.answer("breathless", "yes")
    assert reply.status_code == 403
    assert "Go back one page" in reply.content.decode()
    assert cookie_name("leg") not in reply.cookies


def test_every_step_needs_few_queries(somebody: Patient) -> None:
    answers = {"breathing": "no", "saddle": "no", "legs": "no", "cancer": "no", "limb": "no"}
    somebody.walk({**answers, "unwell": "no", "where": "one", "look": "swollen"})
    somebody.get("result")
    pages = [somebody.url(view) for view in ("start", "answers", "result", "summary", "fhir")]
    for url in [*pages, *(somebody.url("question", key) for key in somebody.asked)]:
        with CaptureQueriesContext(connection) as queries:
            assert somebody.client.get(url).status_code == 200
        assert len(queries) <= MOST_QUERIES, (url, [q["sql"] for q in queries])
    with CaptureQueriesContext(connection) as queries:
        somebody.answer(somebody.asked[0], "no")
    assert len(queries) <= MOST_QUERIES

"""The one page for the doctor: every answer once, the important ones first, and a code."""

import re
from collections import Counter
from typing import Any

from visits import CLEAR_CLOT, Patient

from checker.engine import NOT_SURE
from checker.engine.flow import Replay
from checker.visit.doctor import GROUPS, build_sheet
from checker.visit.state import Visit


def test_every_answer_stands_on_it_once_and_in_its_place(real: Any) -> None:
    questions = real.ruleset.question_by_key
    for case in real.ruleset.cases:
        replayed = Replay(real.ruleset, lambda q, c=dict(case.answers): c.get(q.key, NOT_SURE))
        answers = dict(replayed.answers)
        sheet = build_sheet(Visit(real, answers))
        rows = {name: [row.key for row in getattr(sheet, name)] for name in GROUPS}
        assert Counter(key for keys in rows.values() for key in keys) == Counter(list(answers))
        assert all(answers[key] == NOT_SURE for key in rows["unsure"])
        assert all(not questions[key].scale for key in rows["story"])
        for key in rows["negatives"]:
            assert questions[key].kind in ("emergency", "red-flag")
            assert answers[key] == questions[key].first_sure
        for key in rows["positives"]:
            assert answers[key] not in (NOT_SURE, questions[key].first_sure)


def test_positives_come_before_what_was_asked_and_is_not_there(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    page = patient.page(patient.url("summary"))
    positive, negative = page.index("swelling: clear."), page.index("breathless: no.")
    assert page.index("<h2>Present</h2>") < positive
    assert positive < page.index("Red flags asked, and not present") < negative


def test_it_names_advice_release_date_and_the_rules_that_decided(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    reply = patient.get("summary")
    page = " ".join(reply.content.decode().split())
    assert "Be seen by a clinician today" in page
    assert f"release {reply.context['release'].short}" in page
    assert str(reply.context["today"].year) in page
    assert "Decided by: clot." in page
    assert "left" in page
    assert "right" in page


def test_the_square_is_drawn_in_the_page_without_inline_style(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    page = patient.page(patient.url("summary"))
    svg = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page, re.S)
    assert svg is not None
    assert "style" not in svg[0]
    assert "<image" not in svg[0]


def test_the_code_is_in_no_address_that_a_browser_sends(patient: Patient) -> None:
    patient.walk(CLEAR_CLOT)
    reply = patient.get("summary")
    page = reply.content.decode()
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', page):
        assert reply.context["code"] not in address

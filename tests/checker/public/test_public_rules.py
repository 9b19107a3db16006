"""The rules are public: every one, in words, with its sources and the gate's certificate."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from visits import release_small

from checker.models import Checker, Release


def text_of(url: str) -> str:
    reply = Client().get(url)
    assert reply.status_code == 200
    assert "public" in reply["Cache-Control"]
    assert "Cookie" not in reply.get("Vary", "")
    assert not reply.cookies
    return " ".join(reply.content.decode().split())


def test_every_rule_question_sign_and_case_is_shown(real: Any) -> None:
    page = text_of("/symptom-checker/back-and-calf/rules/")
    ruleset = real.ruleset
    for rule in ruleset.rules:
        assert f'id="rule-{rule.key}"' in page
        assert escape(rule.because) in page
    for question in ruleset.questions:
        assert escape(question.text) in page
        for option in question.options:
            assert escape(option.text) in page
    for sign in ruleset.signs:
        assert escape(sign.phrase) in page
    for case in ruleset.cases:
        assert escape(" ".join(case.text.split())) in page


def test_every_source_is_listed_and_linked(real: Any) -> None:
    from library.models import Source

    page = text_of("/symptom-checker/back-and-calf/rules/")
    keys = {key for item in (*real.ruleset.rules, *real.ruleset.signs) for key in item.sources}
    for source in Source.objects.filter(key__in=keys):
        assert f'id="source-{source.key}"' in page
        assert f'href="#source-{source.key}"' in page
        if source.link and source.kind != "expert":
            assert f'href="{escape(source.link)}"' in page


def test_a_rule_reads_as_a_sentence(small: Any) -> None:
    page = text_of("/symptom-checker/leg/rules/")
    assert (
        "When “Do you have swelling?” is answered <strong>“Slight”</strong> or "
        "<strong>“Clear”</strong> and “Do you have tender?” is answered <strong>“Yes”</strong>"
    ) in page


def test_a_question_says_when_it_is_asked(small: Any) -> None:
    page = text_of("/symptom-checker/leg/rules/")
    assert "Only when “Do you have swelling?” is answered <strong>“Slight”</strong>" in page


def test_the_certificate_has_numbers_hash_and_names(small: Any) -> None:
    users = get_user_model().objects
    author = users.create_user("a.login", first_name="Ada", last_name="Author")
    approver = users.create_user("b.login", first_name="Ben", last_name="Approver")
    checker = Checker.objects.get(name="leg")
    first = Release.objects.get(number=1)
    second = Release(
        checker=checker,
        number=2,
        snapshot=first.snapshot,
        note="Wording only.",
        author=author,
        approver=approver,
    )
    second.save()
    page = text_of("/symptom-checker/leg/releases/2/")
    assert "Ada Author" in page
    assert "Ben Approver" in page
    assert "a.login" not in page
    assert second.digest in page
    assert "Wording only." in page
    assert "Visitors get another release now." in page
    assert f"<dd>{second.gate['numbers']['mutations']}</dd>" in page


def test_every_release_is_listed_and_stays_readable(small: Any) -> None:
    release_small(
        lambda files: files["rules"]["rule"][0].update(because="Because, anew."), number=2
    )
    page = text_of("/symptom-checker/leg/releases/")
    assert page.index("/symptom-checker/leg/releases/2/") < page.index(
        "/symptom-checker/leg/releases/1/"
    )
    assert "because of lung" in text_of("/symptom-checker/leg/releases/1/")
    assert "Because, anew." in text_of("/symptom-checker/leg/rules/")


def test_a_release_that_does_not_exist_is_a_plain_404(small: Any) -> None:
    for path in ("releases/9/", "releases/9/questionnaire.json"):
        assert Client().get(f"/symptom-checker/leg/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rules(real: Any) -> None:
    for path in ("rules/", "releases/", "releases/1/", "paper/"):
        url = f"/symptom-checker/back-and-calf/{path}"
        Client().get(url)
        with CaptureQueriesContext(connection) as queries:
            Client().get(url)
        assert len(queries) <= 6, url

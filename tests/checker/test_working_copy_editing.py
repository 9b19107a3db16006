"""The forms of questions, rules, signs and cases, as a clinician meets them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from checker.models import (
    CaseAnswer,
    CheckerCase,
    CheckerCause,
    CheckerOption,
    CheckerQuestion,
    CheckerRule,
    CheckerSign,
    WorkingCopy,
)
from checker.working_copy.documents import ruleset_of
from checker_forms import WORKBENCH, option, question_data, rule_data, url
from library.models import Source


def test_a_rule_is_edited_by_ticking(legs: WorkingCopy, admin: Client) -> None:
    rule = CheckerRule.objects.get(key="clot")
    picked = [option("swelling", "clear").pk, option("tender", "yes").pk]
    response = admin.post(
        url(CheckerRule, "edit", rule.pk), rule_data(rule, when_picked=picked), follow=True
    )
    assert b"to mend before a release" in response.content
    when = ruleset_of(legs).rule_by_key["clot"].when
    assert [(c.question, c.options) for c in when] == [
        ("swelling", ("clear",)),
        ("tender", ("yes",)),
    ]
    assert rule.revisions.count() == 1


def test_a_rule_without_an_answer_cannot_be_saved(legs: WorkingCopy, admin: Client) -> None:
    rule = CheckerRule.objects.get(key="clot")
    response = admin.post(url(CheckerRule, "edit", rule.pk), rule_data(rule, when_picked=[]))
    assert b"the rule must depend on something" in response.content


def test_a_source_can_be_taken_out_and_the_gate_says_so(legs: WorkingCopy, admin: Client) -> None:
    rule = CheckerRule.objects.get(key="clot")
    admin.post(
        url(CheckerRule, "edit", rule.pk),
        rule_data(rule, sources=inline_formset([{"id": rule.sources.get().pk, "DELETE": "on"}], 1)),
    )
    assert "The rule names no source." in admin.get(WORKBENCH).content.decode()


def test_two_edits_can_be_compared_and_undone(legs: WorkingCopy, admin: Client) -> None:
    rule = CheckerRule.objects.get(key="clot")
    edit = url(CheckerRule, "edit", rule.pk)
    admin.post(edit, rule_data(rule))
    yes = option("tender", "yes").pk
    admin.post(edit, rule_data(rule, because="Other words.", when_picked=[yes]))
    first, second = rule.revisions.order_by("pk")
    compared = admin.get(url(CheckerRule, "revisions_compare", rule.pk, first.pk, second.pk))
    assert "Other words." in compared.content.decode()
    undo = admin.get(url(CheckerRule, "revisions_revert", rule.pk, first.pk))
    form = undo.context["form"]
    assert form.initial["when_picked"] == [option("swelling", "clear").pk]


def test_an_answer_in_use_is_not_deleted_and_the_users_are_named(
    legs: WorkingCopy, admin: Client
) -> None:
    question = CheckerQuestion.objects.get(key="swelling")
    edit = url(CheckerQuestion, "edit", question.pk)
    page = admin.post(edit, question_data(question, delete="clear")).content.decode()
    assert "“Clear” cannot be deleted: it is used by rule “clot”" in page
    assert question.options.filter(key="clear").exists()


def test_an_unused_answer_is_deleted(legs: WorkingCopy, admin: Client) -> None:
    question = CheckerQuestion.objects.get(key="desk")
    spare = CheckerOption.objects.create(asked=question, key="spare", text="Spare", sort_order=9)
    admin.post(url(CheckerQuestion, "edit", question.pk), question_data(question, delete="spare"))
    assert not CheckerOption.objects.filter(pk=spare.pk).exists()


@pytest.mark.parametrize(
    ("model", "key"),
    [(CheckerQuestion, "swelling"), (CheckerCause, "clot"), (Source, "EXPERT")],
)
def test_what_others_rest_on_is_not_deleted(
    legs: WorkingCopy, client: Client, model: Any, key: str
) -> None:
    client.force_login(User.objects.create_superuser("root", "root@example.org", "x"))
    part = model.objects.get(key=key)
    assert b"prevent it from being deleted" in client.get(url(model, "delete", part.pk)).content
    assert client.post(url(model, "delete", part.pk)).status_code in (302, 403)
    assert model.objects.filter(pk=part.pk).exists()
    with pytest.raises(ProtectedError):
        part.delete()


def test_usage_of_a_question_lists_the_rules(legs: WorkingCopy, admin: Client) -> None:
    from wagtail.models import ReferenceIndex

    rule = CheckerRule.objects.get(key="clot")
    ReferenceIndex.create_or_update_for_object(rule)
    question = CheckerQuestion.objects.get(key="swelling")
    page = admin.get(url(CheckerQuestion, "usage", question.pk)).content.decode()
    assert url(CheckerRule, "edit", rule.pk) in page


def test_a_case_takes_one_answer_a_question(legs: WorkingCopy, admin: Client) -> None:
    case = CheckerCase.objects.get(key="old")
    page = admin.get(url(CheckerCase, "edit", case.pk)).content.decode()
    assert page.count('type="radio"') == 5 + 3 + 4 + 3 + 4 + 3  # “not said” and every answer
    data = {
        "checker": case.checker_id,
        "key": case.key,
        "text": case.text,
        "level": "soon",
        "accept": ["self_care"],
        "answers_picked-0": option("breathless", "no").pk,
        "answers_picked-1": "",
        "answers_picked-3": option("age", "old").pk,
        "causes_picked": [CheckerCause.objects.get(key="posture").pk],
        "note": "",
        "section": "",
    }
    admin.post(url(CheckerCase, "edit", case.pk), data)
    read = ruleset_of(legs).case_by_key["old"]
    assert read.answers == (("breathless", "no"), ("age", "old"))
    assert [level.key for level in read.accept] == ["self_care"]
    both = [option("breathless", "no").pk, option("breathless", "yes").pk]
    data |= {"answers_picked-0": both[0], "answers_picked-1": both[1]}
    refused = admin.post(url(CheckerCase, "edit", case.pk), data)
    assert "Choose one answer only" in refused.content.decode()
    assert CaseAnswer.objects.filter(item=case).count() == 2


def test_a_sign_is_about_one_question(legs: WorkingCopy, admin: Client) -> None:
    sign = CheckerSign.objects.first()
    assert sign is not None
    data = {
        "checker": sign.checker_id,
        "cause": sign.cause_id,
        "weight": 3,
        "phrase": "words",
        "note": "",
        "section": "",
        "answers_picked": [option("age", "old").pk, option("desk", "yes").pk],
    }
    data |= nested_form_data({"sources": inline_formset([])})
    page = admin.post(url(CheckerSign, "edit", sign.pk), data).content
    assert b"a sign is about one question" in page


@pytest.mark.parametrize(
    "model", [CheckerQuestion, CheckerRule, CheckerSign, CheckerCause, CheckerCase, WorkingCopy]
)
def test_lists_search_and_history_work_in_few_queries(
    legs: WorkingCopy, admin: Client, model: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        assert admin.get(url(model, "list")).status_code == 200
    assert admin.get(url(model, "list"), {"q": "clot"}).status_code == 200
    part = model.objects.first()
    assert admin.get(url(model, "history", part.pk)).status_code == 200


def test_nothing_is_saved_while_somebody_is_still_thinking(
    legs: WorkingCopy, admin: Client
) -> None:
    rule = CheckerRule.objects.get(key="clot")
    page = admin.get(url(CheckerRule, "edit", rule.pk))
    assert page.context["autosave_enabled"] is False
    assert b"w-autosave#save" not in page.content


def test_a_new_case_comes_last_and_counts_at_once(legs: WorkingCopy, admin: Client) -> None:
    data = {
        "checker": legs.checker_id,
        "key": "new",
        "text": "I cannot breathe well.",
        "level": "soon",
        "answers_picked-0": option("breathless", "yes").pk,
        "note": "",
        "section": "",
    }
    response = admin.post(url(CheckerCase, "add"), data, follow=True)
    assert b"1 thing to mend before a release" in response.content
    assert [case.key for case in ruleset_of(legs).cases][-1] == "new"
    again = admin.post(url(CheckerCase, "add"), data).content.decode()
    assert "already exists" in again


def test_the_order_of_questions_is_changed_in_the_list(legs: WorkingCopy, admin: Client) -> None:
    age = CheckerQuestion.objects.get(key="age")
    admin.post(f"{url(CheckerQuestion, 'reorder', age.pk)}?position=1")
    keys = [question.key for question in ruleset_of(legs).questions]
    assert keys[:3] == ["breathless", "age", "swelling"]

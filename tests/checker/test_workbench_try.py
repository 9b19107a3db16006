"""“Try the working copy”: the patient's own pages on rules that nobody else can reach."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from checker.models import CheckerQuestion, WorkingCopy
from checker.releases import live_release

TRY = "/admin/checker/try/legs/"
PUBLIC = "/symptom-checker/legs/"


@pytest.fixture
def changed(legs: WorkingCopy) -> WorkingCopy:
    CheckerQuestion.objects.filter(key="breathless").update(text="Is your breath short now?")
    return legs


def test_the_real_form_is_walked_on_unreleased_rules(changed: WorkingCopy, admin: Client) -> None:
    asked = admin.get(f"{TRY}begin/", follow=True)
    page = asked.content.decode()
    assert asked.request["PATH_INFO"] == f"{TRY}questions/breathless/"
    assert "Is your breath short now?" in page
    assert "Working copy: not released." in page
    answered = admin.post(asked.request["PATH_INFO"], {"answer": "yes"}, follow=True)
    assert answered.request["PATH_INFO"] == f"{TRY}result/"
    assert "Get emergency help now" in answered.content.decode()


def test_the_answers_have_a_cookie_of_their_own(changed: WorkingCopy, admin: Client) -> None:
    asked = admin.get(f"{TRY}begin/", follow=True)
    response = admin.post(asked.request["PATH_INFO"], {"answer": "no"})
    cookies = [morsel for name, morsel in response.cookies.items() if name.startswith("answers")]
    assert [morsel["path"] for morsel in cookies] == [TRY]


def test_the_public_keeps_the_live_release_meanwhile(
    changed: WorkingCopy, admin: Client, client: Client
) -> None:
    admin.get(f"{TRY}begin/", follow=True)
    page = client.get(f"{PUBLIC}begin/", follow=True).content.decode()
    assert "Do you have breathless?" in page
    assert "Working copy" not in page
    live = live_release("legs")
    assert live is not None
    assert live.number == 1


def test_nobody_else_can_try(changed: WorkingCopy) -> None:
    stranger = Client()
    assert "/login/" in stranger.get(TRY)["Location"]
    editor = User.objects.create_user("ed", "ed@example.org", "x")
    stranger.force_login(editor)
    response = stranger.get(f"{TRY}questions/breathless/")
    assert response.status_code == 302
    assert b"short now" not in response.content


def test_only_pages_of_a_visit_are_tried(changed: WorkingCopy, admin: Client) -> None:
    assert admin.get(f"{TRY}no/such/page/").status_code == 404
    assert admin.get("/admin/checker/try/arms/").status_code == 404

"""“Was this clear?”: what is kept, who may send it, how often, for how long, and who reads it."""

import datetime
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from library import limits
from library.models import CausePage, Feedback, HomePage
from library.models.feedback import KEPT_DAYS, MOST_WORDS

pytestmark = pytest.mark.usefixtures("library")
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def page() -> CausePage:
    return CausePage.objects.get(key="strain")


def send(page: CausePage, client: Client | None = None, **data: str) -> int:
    answer = {"clear": "yes", "words": "", **data}
    address = reverse("library:feedback", args=[page.pk])
    return (client or Client()).post(address, answer, **OURS).status_code


def test_every_page_about_care_asks_and_sets_no_cookie(client: Client, page: CausePage) -> None:
    response = client.get(page.url)
    assert f'action="/feedback/{page.pk}/"' in response.content.decode()
    assert "Do not write about your health" in response.content.decode()
    assert not response.cookies
    assert "/feedback/" not in client.get(HomePage.objects.get().url).content.decode()


def test_what_is_sent_is_kept_with_nothing_about_its_sender(page: CausePage) -> None:
    assert send(page, clear="no", words="What is a lumbar strain?") == 302
    row = Feedback.objects.values().get()
    assert row.pop("id")
    assert row == {
        "page_id": page.pk,
        "clear": False,
        "words": "What is a lumbar strain?",
        "day": timezone.localdate(),
        "state": "new",
    }


def test_thanks_and_refusals_set_no_cookie_and_are_not_kept(
    client: Client, page: CausePage
) -> None:
    address = reverse("library:feedback", args=[page.pk])
    for response in (
        client.post(address, {"clear": "yes"}, follow=True, **OURS),
        client.post(address, {}, **OURS),
        client.post(address, {"clear": "yes"}),
    ):
        assert not response.cookies
    assert "no-store" in client.post(address, {}, **OURS)["Cache-Control"]


def test_it_works_where_csrf_is_checked(page: CausePage) -> None:
    assert send(page, Client(enforce_csrf_checks=True)) == 302


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 302),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 302),
        ({"HTTP_ORIGIN": "http://elsewhere.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_REFERER": "http://testserver/a-z/"}, 302),
        ({"HTTP_REFERER": "http://elsewhere.example/testserver"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_may_send(page: CausePage, headers: dict[str, str], status: int) -> None:
    address = reverse("library:feedback", args=[page.pk])
    response = Client().post(address, {"clear": "yes"}, **headers)
    assert response.status_code == status
    assert Feedback.objects.count() == (1 if status == 302 else 0)


def test_without_an_answer_it_says_what_is_missing_and_keeps_the_words(page: CausePage) -> None:
    address = reverse("library:feedback", args=[page.pk])
    response = Client().post(address, {"words": "Too <b>long"}, **OURS)
    html = response.content.decode()
    assert response.status_code == 400
    assert "Choose yes or no." in html
    assert "Too &lt;b&gt;long" in html
    assert not Feedback.objects.exists()


def test_too_many_words_are_refused_with_what_to_do(page: CausePage) -> None:
    address = reverse("library:feedback", args=[page.pk])
    response = Client().post(address, {"clear": "no", "words": "a" * (MOST_WORDS + 1)}, **OURS)
    assert response.status_code == 400
    assert f"Use at most {MOST_WORDS} letters" in response.content.decode()
    assert not Feedback.objects.exists()


def test_one_sender_is_stopped_and_another_is_not(page: CausePage) -> None:
    first, second = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    most = limits.FEEDBACK.most
    assert [send(page, first) for _ in range(most)] == [302] * most
    assert send(page, first) == 429
    assert send(page, second) == 302
    assert Feedback.objects.count() == most + 1


def test_who_sent_too_much_keeps_the_words_and_hears_when_to_come_back(
    page: CausePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SHARED", 0)
    address = reverse("library:feedback", args=[page.pk])
    response = Client().post(address, {"clear": "no", "words": "Too long"}, **OURS)
    assert response.status_code == 429
    assert "Too long" in response.content.decode()
    assert 0 < int(response["Retry-After"]) <= limits.DAY
    assert not Feedback.objects.exists()


def test_the_inbox_as_a_whole_has_a_limit(page: CausePage) -> None:
    for number in range(limits.INBOX.most):
        request = RequestFactory().get("/", REMOTE_ADDR=f"198.51.100.{number % 250}")
        assert limits.wait(request, limits.INBOX) == 0
    assert send(page, Client(REMOTE_ADDR="192.0.2.9")) == 429


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_a_form_may_send(page: CausePage, method: str) -> None:
    address = reverse("library:feedback", args=[page.pk])
    assert getattr(Client(), method)(address).status_code == 405


def test_a_page_that_readers_cannot_see_takes_none(page: CausePage) -> None:
    home = HomePage.objects.get()
    assert Client().post(f"/feedback/{home.pk}/", {"clear": "yes"}, **OURS).status_code == 404
    page.unpublish()
    assert send(page) == 404
    assert Client().get(f"/feedback/{page.pk}/thanks/").status_code == 404


def aged(page: CausePage, days: int) -> Feedback:
    day = timezone.localdate() - datetime.timedelta(days=days)
    return Feedback.objects.create(page=page, clear=True, day=day)


def test_what_is_old_goes_when_something_new_comes(page: CausePage) -> None:
    kept, gone = aged(page, KEPT_DAYS), aged(page, KEPT_DAYS + 1)
    send(page)
    assert Feedback.objects.filter(pk=kept.pk).exists()
    assert not Feedback.objects.filter(pk=gone.pk).exists()


def test_what_is_old_goes_by_command_too(page: CausePage) -> None:
    aged(page, KEPT_DAYS + 1)
    out = StringIO()
    call_command("forget_feedback", stdout=out)
    assert out.getvalue() == "1 deleted.\n"
    assert not Feedback.objects.exists()


def member(client: Client, *rights: str) -> Client:
    """Somebody with these rights and no others."""
    group = Group.objects.create(name="some")
    wanted = Permission.objects.filter(codename__in=[*rights, "access_admin"])
    assert wanted.count() == len(rights) + 1
    group.permissions.set(wanted)
    user = get_user_model().objects.create_user("member")
    user.groups.add(group)
    client.force_login(user)
    return client


def test_the_inbox_lists_filters_and_marks(client: Client, page: CausePage) -> None:
    new = Feedback.objects.create(page=page, clear=False, words="Too many long words")
    Feedback.objects.create(page=page, clear=True, words="Lovely", state="done")
    editor = member(client, "change_feedback")
    listing = editor.get(reverse("feedback:index"), {"state": "new"}).content.decode()
    assert "Too many long words" in listing
    assert "Lovely" not in listing
    response = editor.post(reverse("feedback:edit", args=[new.pk]), {"state": "done"})
    assert response.status_code == 302
    new.refresh_from_db()
    assert (new.state, new.words) == ("done", "Too many long words")


def test_nobody_can_write_feedback_in_the_admin(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("root"))
    assert client.get(reverse("feedback:add")).status_code == 302
    assert reverse("feedback:add") not in client.get(reverse("feedback:index")).content.decode()


def test_the_inbox_is_closed_to_others(client: Client) -> None:
    other = member(client)
    assert other.get(reverse("feedback:index")).status_code == 302
    assert reverse("feedback:index") not in other.get("/admin/").content.decode()

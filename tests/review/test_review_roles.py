"""Each role against each action: the least rights that its work needs, and no more."""

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow

from review.models import ClinicalSignOffTask, SignOff

if TYPE_CHECKING:
    from review_desk import Desk

WRITER, CLINICIAN, TRANSLATOR, LEAD = "Writer", "Clinician", "Translator", "Safety lead"
NOBODY = ""
ROLES = (WRITER, CLINICIAN, TRANSLATOR, LEAD, NOBODY)
STAFF = {WRITER, CLINICIAN, TRANSLATOR, LEAD}
#: Action → who may. Everybody else may not.
PAGE_ACTIONS = {
    "add_subpage": {WRITER},
    "edit": STAFF,
    "publish": {LEAD},
    "unpublish": {LEAD},
    "delete": {LEAD},  # Wagtail ties this to publishing; the audit log outlives the page
    "lock": {LEAD},
    "set_view_restrictions": {LEAD},
}
RIGHTS = {
    "wagtailadmin.access_admin": STAFF,
    "review.add_reviewinvitation": {WRITER, CLINICIAN, LEAD},
    "review.change_reviewinvitation": {LEAD},
    "review.add_reviewrequest": {WRITER, CLINICIAN, LEAD},
    "simple_translation.submit_translation": {TRANSLATOR},
    "library.add_source": {WRITER},
    "library.change_source": {WRITER, CLINICIAN, LEAD},
    "library.view_source": STAFF,
    "library.delete_source": set(),
    "library.change_glossaryterm": {WRITER, CLINICIAN, LEAD},
    "library.change_searchsynonym": {WRITER, LEAD},
    "library.change_feedback": {WRITER, LEAD},
    "checker.view_workbench": {CLINICIAN, LEAD},
    "checker.approve_release": {LEAD},
    "auth.change_user": set(),
    "auth.change_group": set(),
    "wagtailcore.change_workflow": set(),
    "wagtailcore.change_site": set(),
    "wagtailredirects.add_redirect": set(),
}
SCREENS = {
    "invite": {WRITER, CLINICIAN, LEAD},
    "ask": {WRITER, CLINICIAN, LEAD},
    "report": STAFF,
    "history": STAFF,
    "workflows": set(),
    "users": set(),
}


def matrix(table: dict[str, set[str]]) -> list[Any]:
    return [
        pytest.param(role, action, role in allowed, id=f"{role or 'no role'}: {action}")
        for action, allowed in table.items()
        for role in ROLES
    ]


@pytest.mark.parametrize(("role", "action", "allowed"), matrix(PAGE_ACTIONS))
def test_pages(desk: "Desk", cause: Page, role: str, action: str, allowed: bool) -> None:
    page = cause.get_parent() if action == "add_subpage" else cause
    permissions = page.permissions_for_user(desk.person(role))
    assert bool(getattr(permissions, f"can_{action}")()) is allowed


@pytest.mark.parametrize(("role", "right", "allowed"), matrix(RIGHTS))
def test_rights(desk: "Desk", role: str, right: str, allowed: bool) -> None:
    assert desk.person(role).has_perm(right) is allowed


@pytest.mark.parametrize(("role", "screen", "allowed"), matrix(SCREENS))
def test_screens(desk: "Desk", cause: Page, role: str, screen: str, allowed: bool) -> None:
    urls = {
        "invite": reverse("review_admin:invite", args=[cause.pk]),
        "ask": reverse("review_admin:ask", args=[cause.pk]),
        "report": reverse("review_admin:report"),
        "history": reverse("wagtailadmin_pages:history", args=[cause.pk]),
        "workflows": reverse("wagtailadmin_workflows:index"),
        "users": reverse("wagtailusers_users:index"),
    }
    response = desk.as_(desk.person(role)).get(urls[screen])
    assert (response.status_code == 200) is allowed


@pytest.mark.parametrize("role", ROLES)
def test_who_signs(desk: "Desk", cause: Page, writer: Any, role: str) -> None:
    """Even a profile, which anybody could be given, makes no clinician of a writer."""
    person = desk.person(role, "somebody", signs=True)
    desk.edit(cause, writer)
    desk.hand_in(cause, writer)
    desk.act(cause, person)
    assert SignOff.objects.exists() is (role in {CLINICIAN, LEAD})


@pytest.mark.parametrize("role", ROLES)
def test_who_says_how_they_sign(desk: "Desk", role: str) -> None:
    person = desk.person(role, signs=False)
    response = desk.as_(person).get(reverse("wagtailadmin_account"))
    shown = response.status_code == 200 and "How you sign" in response.content.decode()
    assert shown is (role in {CLINICIAN, LEAD})


def test_a_writer_cannot_publish_through_the_editor(desk: "Desk", cause: Page, writer: Any) -> None:
    from review.panels import ReviewPanel

    html = desk.as_(writer).get(reverse("wagtailadmin_pages:edit", args=[cause.pk]))
    assert "Submit to Clinical sign-off" in html.content.decode()
    assert 'name="action-publish"' not in html.content.decode()
    assert any(isinstance(panel, ReviewPanel) for panel in type(cause).settings_panels)


def test_readers_cannot_open_the_admin_screens(cause: Page) -> None:
    for name, args in (("invite", [cause.pk]), ("ask", [cause.pk]), ("report", [])):
        response = Client().get(reverse(f"review_admin:{name}", args=args))
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")


def test_there_is_one_way_to_publish(db: None) -> None:
    """Wagtail's own moderators would be a second."""
    assert set(Group.objects.values_list("name", flat=True)) >= STAFF
    assert not Group.objects.filter(name__in=("Editors", "Moderators")).exists()
    assert not GroupApprovalTask.objects.exists()
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Clinical sign-off"]
    task = ClinicalSignOffTask.objects.get()
    assert set(task.groups.values_list("name", flat=True)) == {CLINICIAN, LEAD}

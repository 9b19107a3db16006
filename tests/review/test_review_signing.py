"""Who may sign what, and what becomes of it."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from library.models import CausePage, TipPage
from review.dates import add_months
from review.models import NotClinicalChange, SignOff
from review.signing import version, why_not_mark, why_not_sign


def test_a_signature_says_who_what_when_and_until_when(signed_page: Any, clinician: Any) -> None:
    sign_off = SignOff.objects.get()
    assert sign_off.revision_id == signed_page.live_revision_id
    assert (sign_off.name, sign_off.profession) == ("Dr Clinician", "General practitioner")
    assert sign_off.registration == "GMC 1234567"
    assert sign_off.user == clinician
    assert sign_off.valid_until == add_months(timezone.localdate(), 12)
    entry = PageLogEntry.objects.get(page_id=signed_page.pk, action="review.sign_off")
    assert "Dr Clinician, General practitioner, GMC 1234567" in entry.message


def test_a_new_page_goes_through_the_same_sign_off(desk: Any, writer: Any, cause: Any) -> None:
    page = CausePage(title="New", slug="new", answer="Short.", owner=writer, live=False)
    cause.get_parent().add_child(instance=page)
    assert page.get_workflow().name == "Clinical sign-off"
    assert why_not_sign(page, desk.person("Clinician")) == ""
    writer.groups.add(desk.person("Clinician", "other").groups.get())
    desk.give_profile(writer)
    assert "You wrote part" in why_not_sign(desk.fresh(page), writer)


@pytest.mark.parametrize("action", ["approve", "not_clinical"])
def test_nobody_signs_what_they_wrote(desk: Any, signed_page: Any, action: str) -> None:
    author = desk.person("Clinician", "author")
    desk.edit(signed_page, author)
    desk.edit(signed_page, desk.person("Writer", "second"))
    desk.hand_in(signed_page, author)
    desk.act(signed_page, author, action, comment="Mine.")
    page = desk.fresh(signed_page)
    assert page.review_status.state == "signed"
    assert page.live_revision_id == signed_page.live_revision_id
    assert SignOff.objects.count() == 1
    assert not NotClinicalChange.objects.exists()


def test_superusers_do_not_sign_what_they_wrote(desk: Any, cause: Any) -> None:
    root = desk.superuser(role="Clinician")
    desk.edit(cause, root)
    desk.hand_in(cause, root)
    desk.act(cause, root)
    assert not SignOff.objects.exists()
    # And a power of the account is no profession: not even what others wrote.
    other = desk.superuser("other-root")
    desk.act(cause, other)
    assert not SignOff.objects.exists()
    assert desk.fresh(cause).workflow_in_progress


def test_the_editors_own_form_cannot_pass_the_gate(desk: Any, signed_page: Any) -> None:
    """The editor posts what its window collected, and does not check it."""
    author = desk.person("Clinician", "author")
    desk.edit(signed_page, author)
    desk.hand_in(signed_page, author)
    page = desk.fresh(signed_page)
    task = page.current_workflow_task
    state = page.current_workflow_task_state
    data = {"version": version(page.latest_revision), "comment": "", "valid_until": None}
    with pytest.raises(PermissionDenied):
        task.on_action(state, author, "approve", **data)
    other = desk.person("Clinician", "other")
    with pytest.raises(PermissionDenied):
        task.on_action(state, other, "approve", **{**data, "version": "1:2026-01-01"})
    with pytest.raises(PermissionDenied):
        task.on_action(state, other, "approve", **{**data, "valid_until": "2020-01-01"})
    task.on_action(state, other, "approve", **data)
    assert SignOff.objects.count() == 2


def test_purged_versions_do_not_hide_an_author(desk: Any, cause: Any, writer: Any) -> None:
    author = desk.person("Clinician", "author")
    desk.edit(cause, author)
    desk.edit(cause, writer)
    call_command("purge_revisions", stdout=StringIO())
    assert "You wrote part" in why_not_sign(desk.fresh(cause), author)


def test_who_wrote_before_the_last_signature_may_sign_the_next(
    desk: Any, signed_page: Any, writer: Any
) -> None:
    first_author = desk.person("Clinician", "first")
    page = desk.sign(signed_page, first_author, desk.person("Clinician", "second"))
    desk.edit(page, writer)
    assert why_not_sign(desk.fresh(page), first_author) == ""


def test_without_a_registration_nobody_signs(desk: Any, cause: Any, writer: Any) -> None:
    nameless = desk.person("Clinician", "nameless", signs=False)
    desk.edit(cause, writer)
    desk.hand_in(cause, writer)
    desk.act(cause, nameless)
    assert not SignOff.objects.exists()
    assert "registration" in why_not_sign(desk.fresh(cause), nameless)


def test_what_came_in_while_reading_is_not_signed(
    desk: Any, cause: Any, writer: Any, clinician: Any
) -> None:
    read = version(desk.edit(cause, writer))
    desk.hand_in(cause, writer)
    desk.edit(cause, desk.superuser(), "Slipped in.")
    desk.act(cause, clinician, version=read)
    assert not SignOff.objects.exists()
    desk.act(cause, clinician)
    sign_off, page = SignOff.objects.get(), desk.fresh(cause)
    assert sign_off.revision_id == page.live_revision_id
    assert TaskState.objects.get().revision_id == page.live_revision_id


def test_a_clinician_may_choose_an_earlier_date(
    desk: Any, cause: Any, writer: Any, clinician: Any
) -> None:
    desk.edit(cause, writer)
    desk.hand_in(cause, writer)
    day = timezone.localdate() + timedelta(days=40)
    desk.act(cause, clinician, valid_until=day.isoformat())
    assert SignOff.objects.get().valid_until == day


def test_each_kind_of_page_has_its_interval() -> None:
    assert (CausePage.review_months, TipPage.review_months) == (12, 24)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 22), 14) == date(2028, 1, 22)


def test_a_change_asks_for_a_new_signature(desk: Any, signed_page: Any, writer: Any) -> None:
    desk.edit(signed_page, writer)
    assert desk.fresh(signed_page).review_status.state == "signed"  # readers still see the old
    client = desk.as_(desk.superuser())
    page = desk.fresh(signed_page).get_latest_revision_as_object()
    page.save_revision().publish()
    assert desk.fresh(signed_page).review_status.state == "changed"
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_a_small_change_keeps_the_signature_and_its_date(
    desk: Any, signed_page: Any, writer: Any, clinician: Any
) -> None:
    before = SignOff.objects.get()
    desk.edit(signed_page, writer, "The same, spelled right.")
    desk.hand_in(signed_page, writer)
    desk.act(signed_page, clinician, "not_clinical")  # without a reason
    assert not NotClinicalChange.objects.exists()
    desk.act(signed_page, clinician, "not_clinical", comment="A spelling mistake.")
    page = desk.fresh(signed_page)
    assert page.answer == "The same, spelled right."
    assert page.review_status.state == "signed"
    assert page.review_status.next_review == before.valid_until
    assert SignOff.objects.get() == before
    entry = PageLogEntry.objects.get(page_id=page.pk, action="review.not_clinical")
    assert "A spelling mistake." in entry.message
    # The next change is a change again.
    desk.edit(page, writer, "Other words.")
    desk.fresh(page).latest_revision.publish()
    assert desk.fresh(page).review_status.state == "changed"


def test_a_page_nobody_signed_has_no_small_changes(
    desk: Any, cause: Any, writer: Any, clinician: Any
) -> None:
    desk.edit(cause, writer)
    assert "Nobody has signed" in why_not_mark(desk.fresh(cause), clinician)
    desk.hand_in(cause, writer)
    desk.act(cause, clinician, "not_clinical", comment="Small.")
    assert not NotClinicalChange.objects.exists()


def test_request_changes_publishes_nothing(
    desk: Any, cause: Any, writer: Any, clinician: Any
) -> None:
    desk.edit(cause, writer, "Too bold.")
    desk.hand_in(cause, writer)
    desk.act(cause, clinician, "reject", comment="Say it with care.")
    page = desk.fresh(cause)
    assert page.answer != "Too bold."
    assert page.current_workflow_state.status == "needs_changes"


def test_records_cannot_be_changed(signed_page: Any) -> None:
    sign_off = SignOff.objects.get()
    sign_off.name = "Somebody else"
    for attempt in (sign_off.save, sign_off.delete, SignOff.objects.all().delete):
        with pytest.raises(PermissionDenied):
            attempt()
    with pytest.raises(PermissionDenied):
        SignOff.objects.update(name="Somebody else")
    assert SignOff.objects.get().name == "Dr Clinician"


def test_a_signed_version_cannot_be_written_over(desk: Any, signed_page: Any, writer: Any) -> None:
    """Autosave writes into its author's own last version again, and would do so here."""
    page = desk.fresh(signed_page)
    page.answer = "Under the signature."
    with pytest.raises(PermissionDenied):
        page.save_revision(user=writer, overwrite_revision=page.latest_revision)
    assert "Under the signature." not in json.dumps(desk.fresh(page).latest_revision.content)


def test_signed_versions_stay_until_their_page_goes(
    desk: Any, signed_page: Any, writer: Any
) -> None:
    desk.edit(signed_page, writer)
    signed = SignOff.objects.get().revision
    call_command("purge_revisions", stdout=StringIO())
    signed.refresh_from_db()
    with pytest.raises(ProtectedError):
        signed.delete()
    desk.fresh(signed_page).delete()
    assert not SignOff.objects.exists()
    assert PageLogEntry.objects.filter(action="review.sign_off").exists()


def test_the_editor_leads_to_a_screen_that_signs_and_saves_nothing_else(
    desk: Any, signed_page: Any, writer: Any, clinician: Any
) -> None:
    desk.edit(signed_page, writer, "Read me.")
    desk.hand_in(signed_page, writer)
    page, client = desk.fresh(signed_page), desk.as_(clinician)
    url = reverse("review_admin:sign", args=[page.pk, "approve"])
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert url in editor
    assert 'workflow-action-name="approve"' not in editor
    screen = client.get(url).content.decode()
    for words in ("<ins>Read me", "You sign as", "Dr Clinician", "Keep moving."):
        assert words in screen
    form = {"version": version(page.latest_revision), "comment": "", "valid_until": ""}
    assert client.post(url, {**form, "valid_until": "2020-01-01"}).status_code == 200
    assert client.post(url, form).status_code == 302
    after = desk.fresh(page)
    assert after.latest_revision_id == page.latest_revision_id == after.live_revision_id
    assert after.review_status.state == "signed"
    assert client.get(url).status_code == 404


def test_the_signing_screen_is_closed_to_authors(desk: Any, cause: Any) -> None:
    author = desk.person("Clinician", "author")
    desk.edit(cause, author)
    desk.hand_in(cause, author)
    url = reverse("review_admin:sign", args=[cause.pk, "approve"])
    html = desk.as_(author).get(url, follow=True).content.decode()
    assert "You wrote part of this page." in html
    assert "You sign as" not in html

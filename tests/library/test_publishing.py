"""A page without its urgency card, or with a claim without a source, cannot be published."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.workflows import publish_workflow_state

from library.models import CausePage, InfoPage, TipPage, TreatmentPage
from library.publishing.guard import LOG_ACTION, PublishRefused
from library.publishing.reasons import reasons_against

pytestmark = pytest.mark.usefixtures("library")
CLAIM = {"heading": "A claim", "smaller": False, "text": "<p>It cures you.</p>", "sources": []}


@pytest.fixture
def page() -> CausePage:
    return CausePage.objects.get(key="strain")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("root"))
    return client


def with_claim(page: Any) -> Any:
    page.body = page.body.stream_block.to_python(
        [*page.body.get_prep_value(), {"type": "prose", "value": CLAIM}]
    )
    return page


def checks(page: Any) -> list[str]:
    return [finding.check for finding in reasons_against(page)]


def test_the_starter_library_could_be_published(page: CausePage) -> None:
    for model in (CausePage, TreatmentPage, TipPage, InfoPage):
        assert {p.slug: checks(p) for p in model.objects.live() if checks(p)} == {}


def test_a_claim_without_a_source_is_refused_and_its_draft_kept(page: CausePage) -> None:
    draft = with_claim(page).save_revision()
    with pytest.raises(PublishRefused, match="without a source") as refused:
        draft.publish()
    assert "A claim" in str(refused.value)
    page.refresh_from_db()
    assert page.latest_revision_id == draft.pk
    assert page.live_revision_id != draft.pk


def test_questions_to_ask_need_no_source(page: CausePage) -> None:
    asks = {**CLAIM, "text": "<ul><li>Is it safe for me?</li></ul>"}
    page.body = page.body.stream_block.to_python([{"type": "prose", "value": asks}])
    assert checks(page) == []


@pytest.mark.parametrize("key", ["", "unknown_to_the_checker"])
def test_a_cause_without_an_urgency_card_is_refused(page: CausePage, key: str) -> None:
    page.key, page.care = key, []
    assert checks(page) == ["urgency card"]


def test_a_card_on_the_page_itself_is_one(page: CausePage) -> None:
    page.key, page.care = "", []
    card = {"level": "urgent", "title": "Be seen", "text": "<p>Now.</p>", "sources": [1]}
    page.body = page.body.stream_block.to_python([{"type": "care_card", "value": card}])
    assert "urgency card" not in checks(page)


def test_a_tip_that_works_a_calf_needs_the_signs_of_a_clot() -> None:
    tip = TipPage.objects.filter(works_calf=True).first()
    tip.care = [CausePage.objects.get(key="cauda_equina")]
    assert "calf work" in checks(tip)


def test_publishing_many_at_once_is_refused(editor: Client, page: CausePage) -> None:
    with_claim(page).save_revision()
    other = CausePage.objects.get(key="cellulitis")
    other.title = "Changed as well"
    other.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{address}?id={other.pk}&id={page.pk}", follow=True)
    assert "was not published" in response.content.decode()
    other.refresh_from_db()
    assert other.title != "Changed as well"


def test_a_date_in_the_future_is_refused_too(page: CausePage) -> None:
    page = with_claim(page)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    with pytest.raises(PublishRefused):
        page.save_revision().publish()


def test_what_is_due_but_unsafe_stays_a_draft_and_holds_up_no_other(page: CausePage) -> None:
    now = timezone.now()
    bad = with_claim(page).save_revision()
    other = CausePage.objects.get(key="cellulitis")
    other.title = "On time"
    good = other.save_revision()
    for minutes, revision in ((2, bad), (1, good)):
        revision.approved_go_live_at = now - datetime.timedelta(minutes=minutes)
        revision.save()
    call_command("publish_scheduled")
    other.refresh_from_db()
    bad.refresh_from_db()
    assert other.title == "On time"
    assert bad.approved_go_live_at is None
    entry = PageLogEntry.objects.get(action=LOG_ACTION, page=page)
    assert "without a source" in entry.message


def test_the_end_of_a_workflow_is_refused_and_rolled_back(page: CausePage) -> None:
    with_claim(page).save_revision()
    workflow = page.get_workflow()
    user = get_user_model().objects.create_superuser("author")
    state = workflow.start(page, user)
    with pytest.raises(PublishRefused):
        publish_workflow_state(state)
    page.refresh_from_db()
    assert page.has_unpublished_changes


def test_a_draft_is_never_held_up(page: CausePage) -> None:
    page.key, page.care = "", []
    assert with_claim(page).save_revision().pk

"""What the quality panel and the reports say, and to whom."""

import datetime
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.glossary import glossary
from library.link_check.links import Link
from library.link_check.theirs import broken
from library.models import CausePage, GlossaryTerm, MissedSearch, Source
from library.quality.link_word import link_word
from library.quality.look import look_at
from library.search_insight import note_missed
from library.sources.form import SourceForm
from library.sources.lookup import Found, LookupUnavailable
from review.models import ReviewRequest

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def page() -> CausePage:
    return CausePage.objects.get(key="strain")


@pytest.fixture
def writer(client: Client) -> Client:
    user = get_user_model().objects.create_user("writer", "writer@example.org")
    user.groups.add(Group.objects.get(name="Writer"))
    client.force_login(user)
    return client


def prose(page: CausePage, text: str) -> CausePage:
    value = {"heading": "A", "smaller": False, "text": text, "sources": []}
    page.body = page.body.stream_block.to_python([{"type": "prose", "value": value}])
    return page


def test_the_panel_names_what_to_mend_and_how(page: CausePage) -> None:
    long = "walk " * 30
    look = look_at(prose(page, f"<p>You {long.strip()} now. It was caused by it.</p>"))
    found = {finding.check: finding for finding in look.findings}
    assert {"sources", "long sentence"} <= found.keys()
    assert [finding.check for finding in look.holding] == ["sources"]
    assert all(finding.mend for finding in look.findings)


def test_a_long_page_of_plain_text_is_noticed(page: CausePage) -> None:
    look = look_at(prose(page, "<p>" + "The calf is sore. " * 80 + "</p>"))
    assert {"long section", "all text"} <= {finding.check for finding in look.others}


def test_unexplained_words_are_offered_and_linked_in_one_press(
    writer: Client, page: CausePage
) -> None:
    GlossaryTerm.objects.create(key="zz", term="zygoma", definition="A bone.")
    prose(page, "<p>Your zygoma?</p>").save_revision()
    html = writer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    address = reverse("library_explain", args=[page.pk, "zz"])
    assert address in html
    assert writer.get(address).status_code == 405
    writer.post(address)
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert '<a href="/glossary/#zz">zygoma</a>' in str(draft.body.get_prep_value())
    assert "zz" not in {word.key for word in look_at(draft).unexplained}
    assert not link_word(draft, glossary()["zz"])


def test_who_may_not_edit_cannot_link(client: Client, page: CausePage) -> None:
    before = page.latest_revision_id
    client.post(reverse("library_explain", args=[page.pk, "dvt"]))
    page.refresh_from_db()
    assert page.latest_revision_id == before


@pytest.mark.parametrize("name", ["quality", "claims", "sources", "searches"])
def test_reports_open_for_writers_and_for_nobody_else(
    writer: Client, page: CausePage, name: str
) -> None:
    prose(page, "<p>It cures you.</p>").save_revision()
    note_missed("gout")
    address = reverse(f"library_report_{name}")
    response = writer.get(address)
    assert response.status_code == 200
    told = {"quality": page.title, "claims": page.title, "searches": "gout"}.get(name, "")
    assert told in response.content.decode()
    assert address in writer.get(reverse("wagtailadmin_home")).content.decode()
    assert Client().get(address).status_code == 302


def test_a_withdrawn_source_sends_its_pages_to_review(writer: Client) -> None:
    source = Source.objects.get(key="PET24")
    source.status = Source.Status.WITHDRAWN
    source.withdrawn_on = timezone.localdate()
    source.save()
    asked = ReviewRequest.objects.filter(reason__contains="PET24")
    assert asked.exists()
    count = asked.count()
    source.save()
    assert asked.count() == count
    html = writer.get(reverse("library_report_sources"), {"why": "withdrawn"}).content.decode()
    assert "PET24" in html
    assert asked.first().page.title in html
    reader = Client().get(asked.first().page.url).content.decode()
    assert "Withdrawn by its publisher" in reader


def test_a_source_not_checked_for_a_year_is_reported(writer: Client) -> None:
    source = Source.objects.get(key="PET24")
    source.checked = timezone.localdate() - datetime.timedelta(days=366)
    source.save()
    html = writer.get(reverse("library_report_sources"), {"why": "stale"}).content.decode()
    assert "PET24" in html


def source_form(**changes: object) -> SourceForm:
    source = Source.objects.exclude(doi="").first()
    form_class = Source.snippet_viewset.get_edit_handler().get_form_class()
    data = {f.name: getattr(source, f.name) or "" for f in Source._meta.fields if f.name != "id"}
    return form_class({**data, **changes}, instance=source)


@pytest.mark.parametrize(
    ("doi", "fine"),
    [
        ("10.1000/xyz123", True),
        ("https://doi.org/10.1000/xyz123", True),
        ("doi:10.1000/xyz123", True),
        ("10.1/x", False),
        ("PMC123", False),
    ],
)
def test_a_doi_is_checked_in_form_only(doi: str, fine: bool) -> None:
    form = source_form(doi=doi)
    assert form.is_valid() is fine, form.errors
    assert not fine or form.cleaned_data["doi"] == "10.1000/xyz123"


def none_found(_doi: str) -> Found | None:
    return None


def withdrawn_found(_doi: str) -> Found | None:
    return Found("Gone", withdrawn=True)


def not_reached(_doi: str) -> Found | None:
    raise LookupUnavailable


@pytest.mark.parametrize(
    ("ask", "fine"), [(none_found, False), (withdrawn_found, False), (not_reached, True)]
)
def test_a_look_up_can_be_plugged_in(
    monkeypatch: pytest.MonkeyPatch, ask: object, fine: bool
) -> None:
    monkeypatch.setattr("library.sources.form.look_up", lambda: ask)
    assert source_form(doi="10.1000/new").is_valid() is fine


def test_a_withdrawn_source_says_since_when() -> None:
    form = source_form(status="withdrawn", withdrawn_on="")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["withdrawn_on"] == timezone.localdate()


def test_searches_keep_words_and_day_and_nothing_personal() -> None:
    for query in ("Gout ", "gout", "me@example.org", "0171 234 5678", "", "x" * 200):
        note_missed(query)
    row = MissedSearch.objects.values("words", "day", "times").get()
    assert row == {"words": "gout", "day": timezone.localdate(), "times": 2}


def test_links_of_the_starter_library_hold() -> None:
    out = StringIO()
    call_command("check_links", stdout=out)
    assert "0 broken" in out.getvalue()


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ('<a linktype="page" id="999999">x</a>', "is gone"),
        ('<a href="/glossary/#nope">x</a>', "no term"),
        ('<a href="/nowhere/">x</a>', "nothing at /nowhere/"),
        ('<a href="">x</a>', "an empty address"),
    ],
)
def test_a_broken_link_of_ours_is_told(page: CausePage, link: str, reason: str) -> None:
    prose(page, f"<p>{link}?</p>").save()
    out = StringIO()
    with pytest.raises(CommandError, match="1 broken"):
        call_command("check_links", stdout=out)
    assert reason in out.getvalue()
    assert page.title in out.getvalue()


def test_other_sites_are_asked_once_each() -> None:
    asked: list[str] = []

    def ask(address: str, _seconds: float) -> str:
        asked.append(address)
        return "gone" if "bad" in address else ""

    links = [Link("p", "x", href) for href in ("https://a.example/", "https://bad.example/#one")]
    links += [Link("q", "y", "https://bad.example/#two"), Link("q", "z", "/ours/")]
    found = list(broken(links, 1, ask))
    assert sorted(asked) == ["https://a.example/", "https://bad.example/"]
    assert [item.link.where for item in found] == ["p", "q"]


def test_a_site_that_does_not_answer_is_told() -> None:
    link = Link("p", "x", "http://127.0.0.1:9/")
    (found,) = broken([link], 0.5)
    assert "cannot be reached" in str(found)


def test_our_rules_join_the_content_checker(writer: Client, page: CausePage) -> None:
    html = writer.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    config = html.split('id="checker-axe-configuration"')[1].split("</script>")[0]
    assert config.count("causeway-figure-named") == 3
    assert "empty-meta-description" in config
    assert "A drawing has no title" in config

"""Sitemap, robots.txt, llms.txt and the record of changes."""

from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from library.models import CausePage, InfoPage, TipPage
from library.models.brand import SiteBrand
from review.models import NotClinicalChange, SignOff
from serving_site import settle

pytestmark = pytest.mark.usefixtures("library")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def sitemap(client: Client) -> dict[str, str | None]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{MAP}urlset"
    return {url.findtext(f"{MAP}loc") or "": url.findtext(f"{MAP}lastmod") for url in root}


def entries(client: Client) -> list[dict[str, str]]:
    response = client.get("/changes/atom.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    found = []
    for entry in root.findall(f"{ATOM}entry"):
        row = {
            name: entry.findtext(f"{ATOM}{name}") or ""
            for name in ("id", "title", "updated", "summary")
        }
        assert all(row.values()), row
        found.append(row)
    return found


def publish(page: Any, user: User | None = None) -> Any:
    revision = page.save_revision(user=user, log_action=True)
    revision.publish(user=user)
    page.refresh_from_db()
    return revision


@pytest.mark.parametrize(
    "url",
    [
        "/sitemap.xml",
        "/robots.txt",
        "/llms.txt",
        "/changes/",
        "/changes/atom.xml",
        "/emergency/",
        "/my-visit/",
        "/sw.js",
    ],
)
def test_nothing_here_depends_on_who_asks(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_sitemap_has_every_public_page_with_its_date_and_no_other(client: Client) -> None:
    hidden, private = TipPage.objects.get(slug="walking"), InfoPage.objects.get(slug="contact")
    hidden.unpublish()
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="groups")
    restriction.groups.add(Group.objects.first())
    found = sitemap(client)
    public = Page.objects.live().filter(depth__gte=2).exclude(pk=private.pk)
    for page in public:
        date = found[f"http://testserver{page.url}"] or ""
        assert datetime.fromisoformat(date) == page.last_published_at
    assert f"http://testserver{hidden.url}" not in found
    assert f"http://testserver{private.url}" not in found
    assert "http://testserver/find/" in found
    assert len(found) == public.count() + 5
    for url in found:
        assert client.get(url.removeprefix("http://testserver")).status_code == 200


def test_the_sitemap_asks_as_little_for_many_pages_as_for_few(client: Client) -> None:
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        sitemap(client)
    page = TipPage.objects.get(slug="walking")
    for number in range(5):
        page.copy(update_attrs={"slug": f"walking-{number}"})
    settle()
    client.get("/")
    with CaptureQueriesContext(connection) as many:
        sitemap(client)
    assert len(many) == len(few) <= 4


def test_robots_leads_to_the_sitemap_and_keeps_out_of_answers(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /symptom-checker/*/questions/" in text


def test_llms_lists_the_twin_of_every_page_and_warns_first(client: Client) -> None:
    text = client.get("/llms.txt").content.decode()
    assert text.startswith("# Causeway\n\n> ")
    assert text.index("In an emergency") < text.index("](")
    for page in Page.objects.live().filter(depth__gte=2):
        assert f"[{page.title}](http://testserver{page.url}page.md)" in text


def test_the_owners_name_is_on_what_machines_read(client: Client) -> None:
    SiteBrand.objects.create(site=Site.objects.get(), name="Mill Lane Surgery")
    assert client.get("/llms.txt").content.decode().startswith("# Mill Lane Surgery\n")
    feed = ElementTree.fromstring(client.get("/changes/atom.xml").content)
    title, author = (feed.find(f"{ATOM}{name}") for name in ("title", "author"))
    assert title is not None
    assert title.text == "Mill Lane Surgery: what changed and why"
    assert author is not None  # Atom asks for one
    assert [one.text for one in author] == ["Mill Lane Surgery"]


def test_what_was_loaded_is_new(client: Client) -> None:
    found = entries(client)
    of_pages = [entry for entry in found if not entry["title"].startswith("Symptom checker")]
    assert len(of_pages) > 20
    for entry in of_pages:
        assert entry["summary"] == "A new page. No clinician has reviewed this version yet."
    assert len({entry["id"] for entry in found}) == len(found)


def test_a_change_says_what_and_who_reviewed_it(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    CausePage.objects.filter(pk=page.pk).update(
        first_published_at=page.first_published_at - timedelta(days=3)
    )
    page.refresh_from_db()
    # Given an editor who changes one section, adds one, and gives up a tip
    editor = User.objects.create_superuser("edith")
    body = page.body.get_prep_value()
    first = next(block for block in body if block["type"] == "prose" and block["value"]["heading"])
    heading = first["value"]["heading"]
    first["value"]["text"] = "<p>Changed.</p>"
    added = {"type": "prose", "value": {**first["value"], "heading": "Brand new"}}
    page.body = page.body.stream_block.to_python([*body, added])
    page.tip_links.remove(page.tip_links.first())
    draft = page.save_revision(user=editor)
    page = CausePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    revision = publish(page, editor)
    assert draft.pk != revision.pk
    # Then the newest entry says so
    [newest, *_rest] = entries(client)
    assert newest["title"] == page.title
    assert "New: “Brand new”." in newest["summary"]
    assert f"Changed: “{heading}”" in newest["summary"]
    assert "The list of prevention tips changed." in newest["summary"]
    assert "The answer" not in newest["summary"]
    assert "No clinician has reviewed" in newest["summary"]
    # And who signed it, but not what they told the editors
    SignOff.objects.create(
        page=page, revision=revision, name="Dr Ada Field", profession="Doctor", registration="1",
        comment="Only for editors", valid_until=date.today() + timedelta(days=9),
    )  # fmt: skip
    [newest, *_rest] = entries(client)
    assert "Reviewed by Dr Ada Field, Doctor, on " in newest["summary"]
    for url in ("/changes/", "/changes/atom.xml"):
        assert "Only for editors" not in client.get(url).content.decode()


def test_a_small_change_names_who_called_it_small(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    sign_off = SignOff.objects.create(
        page=page, revision=page.live_revision, name="Dr Ada Field", profession="Doctor",
        registration="1", valid_until=date.today() + timedelta(days=9),
    )  # fmt: skip
    page.answer = "Said better."
    revision = publish(page)
    NotClinicalChange.objects.create(
        sign_off=sign_off, revision=revision, name="Dr Ben Moor", reason="A comma"
    )
    [newest, *_rest] = entries(client)
    assert "Dr Ben Moor marked the change as not clinical." in newest["summary"]


def test_what_the_editor_says_of_a_change_is_told_once(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    CausePage.objects.filter(pk=page.pk).update(
        first_published_at=page.first_published_at - timedelta(days=3)
    )
    page.refresh_from_db()
    editor = User.objects.create_superuser("edith")
    # Given an editor who says what changed
    page.answer, page.change_note = "Said better.", "We say sooner when to see a doctor."
    publish(page, editor)
    [newest, *_rest] = entries(client)
    assert newest["summary"].startswith("We say sooner when to see a doctor. The answer")
    assert "We say sooner" in client.get("/changes/").content.decode()
    # When they publish again and leave the note as it stands
    page.title = "Strains"
    publish(page, editor)
    # Then it stays with the version it was written for
    [newest, second, *_rest] = entries(client)
    assert "We say sooner" not in newest["summary"]
    assert second["summary"].startswith("We say sooner")


def test_a_release_of_the_checker_is_a_change_too(client: Client) -> None:
    from checker.models import Release

    release = Release.objects.get()
    [entry] = [entry for entry in entries(client) if entry["title"].startswith("Symptom checker")]
    assert release.note in entry["summary"]
    assert "No second person has approved it." in entry["summary"]
    assert f"/releases/{release.number}/" in entry["id"]
    assert release.note in client.get("/changes/").content.decode()


def test_drafts_are_no_change(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    before = entries(client)
    page.answer = "Only a draft."
    page.save_revision()
    assert entries(client) == before


def test_the_page_for_readers_says_the_same(client: Client) -> None:
    html = client.get("/changes/").content.decode()
    for entry in entries(client):
        assert entry["title"].replace("'", "&#x27;") in html


def test_many_changes_need_no_more_queries(client: Client) -> None:
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/changes/atom.xml")
    assert len(captured) <= 9


def test_the_emergency_page_has_every_urgent_line_of_the_live_rules(client: Client) -> None:
    from checker.care import all_cards
    from checker.releases import live_release

    live = live_release("back-and-calf")
    assert live is not None
    html = client.get("/emergency/").content.decode().replace("&#x27;", "'").replace("&amp;", "&")
    lines = [line for card in all_cards(live.ruleset) for line in card.lines]
    assert len(lines) > 10
    for line in lines:
        assert line in html

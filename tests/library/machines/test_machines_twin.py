"""The Markdown twin: every page has one, and nobody gets its words without the urgent signs."""

import html
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from library.models import CausePage, HomePage

pytestmark = pytest.mark.usefixtures("library")
CARD_LINE = re.compile(r'<ul class="care-lines">(.*?)</ul>', re.S)
LINE = re.compile(r"<li>(.*?)</li>", re.S)


def twin_of(client: Client, page: Page) -> str:
    response = client.get(f"{page.url}page.md")
    assert response.status_code == 200, page.url
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    return str(response.content.decode())


def card_lines(client: Client, page: Page) -> list[str]:
    shown = client.get(page.url).content.decode()
    cards = "".join(CARD_LINE.findall(shown))
    return [html.unescape(" ".join(line.split())) for line in LINE.findall(cards)]


def test_every_twin_opens_and_closes_with_every_line_of_its_care_cards(client: Client) -> None:
    seen = 0
    for page in Page.objects.live().filter(depth__gte=2).specific():
        text, lines = twin_of(client, page), card_lines(client, page)
        opening, closing = text.split("## In one sentence")[0], text.strip().splitlines()[-1]
        for line in lines:
            assert f"- {line}\n" in opening, page.slug
            assert line in closing, page.slug
        if not lines:
            assert "In an emergency, do not read on" in opening
            assert "In an emergency, do not read on" in closing
        seen += bool(lines)
    assert seen > 20


def test_a_twin_holds_the_whole_body_with_complete_addresses(client: Client) -> None:
    page = CausePage.objects.get(key="venous_thrombosis")
    text = twin_of(client, page)
    for block in page.body:
        heading = block.value.get("heading") or block.value.get("title")
        if heading:
            assert heading in text
    assert "](http://testserver/back-and-calf-pain/slipped-disc/)" in text
    assert ":::" not in text
    assert "page:" not in text.replace("page: http", "")
    assert "](/" not in text
    assert re.search(r"^\d+\. .+https://doi\.org/", text, re.M)
    cited = set(re.findall(r"\[(\d+)\]", "".join(re.findall(r"^Sources: .*$", text, re.M))))
    listed = re.findall(r"^(\d+)\. ", text.split("## Sources")[1], re.M)
    assert cited == set(listed)


def test_an_unsigned_twin_says_so(client: Client) -> None:
    assert "Not yet reviewed by a clinician." in twin_of(client, HomePage.objects.get())


def test_drafts_and_restricted_pages_have_no_twin(client: Client) -> None:
    page = CausePage.objects.get(key="strain")
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.first())
    assert client.get(f"{page.url}page.md").status_code == 404
    restriction.delete()
    assert client.get(f"{page.url}page.md").status_code == 200
    url = page.url
    page.unpublish()
    assert client.get(f"{url}page.md").status_code == 404
    assert client.get("/nothing/here/page.md").status_code == 404

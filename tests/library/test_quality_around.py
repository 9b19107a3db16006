"""A page is checked against its neighbours only, and found to have the same faults."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from library.audit.from_site import library_from_site, site_names
from library.models import CausePage
from library.models.clinical_page import ClinicalPage
from library.quality.around import around
from library.quality.look import look_at
from library.reports import looked_at

pytestmark = pytest.mark.usefixtures("library")


def test_the_neighbours_tell_the_same_as_the_whole_library() -> None:
    CausePage.objects.get(key="cellulitis").unpublish()
    whole = library_from_site(), site_names()
    pages = [page for page in Page.objects.live().specific() if isinstance(page, ClinicalPage)]
    assert len(pages) > 50
    together = around(pages)
    for page in pages:
        wanted = look_at(page, against=whole)
        assert look_at(page) == wanted, page.slug
        assert look_at(page, against=together) == wanted, page.slug


def test_reports_on_a_large_library_look_at_one_part(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked_at, "MOST_TOGETHER", 5)
    client.force_login(User.objects.create_superuser("root"))
    address = reverse("library_report_quality")
    first = client.get(address)
    second = client.get(address, {"p": 2})
    assert "part by part" in first.content.decode()
    shown = [set(_titles(response.content.decode())) for response in (first, second)]
    assert shown[0]
    assert shown[1]
    assert shown[0].isdisjoint(shown[1])
    table = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    assert len(table.splitlines()) > Page.objects.filter(depth__gt=1).count()
    assert client.get(reverse("library_report_claims")).status_code == 200


def _titles(html: str) -> list[str]:
    titles = Page.objects.filter(depth__gt=2).values_list("title", flat=True)
    return [title for title in titles if f">{title}<" in html.replace("\n", "").replace("  ", "")]

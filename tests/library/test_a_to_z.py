"""A to Z: every name once, letters of ours first, and never more than one can look through."""

import pytest
from django.test import Client

from library import a_to_z
from library.a_to_z import letter_of
from library.models import CausePage, TreatmentPage

pytestmark = pytest.mark.usefixtures("library")


def names(client: Client, address: str = "/a-z/") -> list[str]:
    letters = client.get(address).context["letters"]
    return [entry.name for _letter, entries in letters for entry in entries]


def test_other_names_lead_to_the_page(client: Client) -> None:
    html = client.get("/a-z/").content.decode()
    disc = CausePage.objects.get(key="disc_herniation")
    others = disc.other_names
    assert others
    for name in others:
        assert name in html
    assert html.count(f'href="{disc.url}"') == 1 + len(others)


def test_every_name_stands_once_and_leads_to_all_that_have_it(client: Client) -> None:
    assert all("anticoagulant" in page.other_names for page in _anticoagulants())
    found = [name.casefold() for name in names(client)]
    assert len(found) == len(set(found))
    [entry] = [
        entry
        for _letter, entries in client.get("/a-z/").context["letters"]
        for entry in entries
        if entry.name == "anticoagulant"
    ]
    assert {leads.title for leads in entry.others} == {page.title for page in _anticoagulants()}
    assert entry.own is None


def test_a_page_that_is_called_so_comes_before_one_that_may_be(client: Client) -> None:
    other = TreatmentPage.objects.get(slug="warfarin")
    own = CausePage.objects.get(key="cellulitis")
    other.also_known_as += f"\n{own.title.upper()}"
    other.save_revision().publish()
    response = client.get("/a-z/")
    [entry] = [
        entry
        for _letter, entries in response.context["letters"]
        for entry in entries
        if entry.name.casefold() == own.title.casefold()
    ]
    assert entry.name == own.title
    assert entry.own.url == own.url
    assert [leads.url for leads in entry.others] == [other.url]
    assert "see also" in response.content.decode()


def test_letters_are_in_order_and_other_scripts_come_last(client: Client) -> None:
    response = client.get("/a-z/")
    keys = [letter.key for letter, _entries in response.context["letters"]]
    letters = [key for key in keys if len(key) == 1]
    assert letters == sorted(letters)
    assert keys[-1] == "other"
    assert ">Other</h2>" in response.content.decode()
    assert "活" not in [letter.label for letter, _entries in response.context["letters"]]


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Ödem", "o"), ("oedema", "o"), ("活血止痛", "other"), ("5-HT", "0-9"), ("(L5) disc", "l")],
)
def test_the_letter_of_a_name(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_a_large_library_has_a_page_for_each_letter(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = names(client)
    monkeypatch.setattr(a_to_z, "MOST_ON_ONE_PAGE", 20)
    monkeypatch.setattr(a_to_z, "A_PAGE", 10)
    front = client.get("/a-z/")
    assert names(client) == []
    found = []
    for letter in front.context["all"]:
        address = f"/a-z/{letter.key}/"
        assert f'href="{address}"' in front.content.decode()
        for part in range(1, client.get(address).context["part"].paginator.num_pages + 1):
            some = names(client, f"{address}?page={part}")
            assert 0 < len(some) <= 10
            found += some
    assert found == everything


@pytest.mark.parametrize("address", ["/a-z/nope/", "/a-z/%C3%A9/"])
def test_a_letter_without_names_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def _anticoagulants() -> list[TreatmentPage]:
    return list(TreatmentPage.objects.filter(slug__in=["rivaroxaban", "warfarin"]))

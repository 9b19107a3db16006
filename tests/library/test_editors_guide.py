"""The guide names what is really on the screen, and its pictures are there and small."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from library.models import CausePage, Source, TopicPage

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def writer(client: Client) -> Client:
    user = get_user_model().objects.create_user("writer", "writer@example.org")
    user.groups.add(Group.objects.get(name="Writer"))
    client.force_login(user)
    return client


def test_every_label_is_on_the_screen_of_a_writer(writer: Client) -> None:
    guide = writer.get(reverse("library_guide")).content.decode()
    labels = {unescape(label) for label in re.findall(r'<b class="label">(.*?)</b>', guide)}
    assert len(labels) > 25
    cause, topic = CausePage.objects.get(key="strain"), TopicPage.objects.get()
    source = Source.objects.first()
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[topic.pk]),
        reverse("wagtailadmin_pages:add_subpage", args=[topic.pk]),
        reverse("wagtailadmin_pages:edit", args=[cause.pk]),
        reverse(Source.snippet_viewset.get_url_name("edit"), args=[source.pk]),
    ]
    screens = "\n".join(writer.get(address).content.decode() for address in addresses)
    shown = unescape(screens.replace("\\u0027", "'")).lower()
    missing = {label for label in labels if label.lower() not in shown}
    assert missing == set()


def test_its_pictures_are_there_and_small(writer: Client) -> None:
    guide = writer.get(reverse("library_guide")).content.decode()
    names = re.findall(r"/static/(img/guide/[\w-]+\.png)", guide)
    assert names
    for name in names:
        path = Path(settings.BASE_DIR) / "static" / name
        assert path.stat().st_size <= 60_000, name
    assert guide.count("<img") == guide.count('alt="') == len(names)


def test_it_stands_in_the_help_menu(writer: Client) -> None:
    assert reverse("library_guide") in writer.get(reverse("wagtailadmin_home")).content.decode()


def test_it_is_not_for_the_public(client: Client) -> None:
    assert client.get(reverse("library_guide")).status_code == 302

"""Editors can open, preview and save every kind of page and snippet in Wagtail's admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from library import models
from library.blocks import BodyBlock

TYPES = [
    models.HomePage,
    models.TopicPage,
    models.IndexPage,
    models.CausePage,
    models.TreatmentPage,
    models.TipPage,
    models.InfoPage,
]
pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


@pytest.mark.parametrize("model", TYPES)
def test_the_editor_opens(editor: Client, model: type[Page]) -> None:
    page = model.objects.first()
    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert page.title in response.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("model", TYPES)
def test_a_draft_can_be_looked_at(editor: Client, model: type[Page]) -> None:
    page = model.objects.first()
    page.title = "A title nobody has published"
    page.save_revision()
    draft = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "A title nobody has published" in draft.content.decode()
    assert "A title nobody has published" not in Client().get(page.url).content.decode()


@pytest.mark.parametrize("model", TYPES[1:])
def test_a_new_page_can_be_begun(editor: Client, model: type[Page]) -> None:
    parent = model.allowed_parent_page_models()[0].objects.first()
    args = [model._meta.app_label, model._meta.model_name, parent.pk]
    assert editor.get(reverse("wagtailadmin_pages:add", args=args)).status_code == 200


@pytest.mark.parametrize("model", [models.Source, models.GlossaryTerm])
def test_snippets_are_listed_found_and_opened(editor: Client, model: type) -> None:
    viewset = model.snippet_viewset
    row = model.objects.first()
    listing = editor.get(reverse(viewset.get_url_name("list")), {"q": str(row)[:4]})
    assert listing.status_code == 200
    assert editor.get(reverse(viewset.get_url_name("edit"), args=[row.pk])).status_code == 200


def test_a_source_knows_where_it_is_used(editor: Client) -> None:
    source = models.Source.objects.get(key="PET24")
    url = reverse(models.Source.snippet_viewset.get_url_name("usage"), args=[source.pk])
    html = editor.get(url).content.decode()
    assert models.TreatmentPage.objects.get(slug="rivaroxaban").title in html


def test_every_block_has_a_template_and_a_description() -> None:
    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.template == f"blocks/{name}.html"
        assert block.meta.description


def test_pages_are_made_only_where_they_belong() -> None:
    cause = ContentType.objects.get_for_model(models.CausePage).model_class()
    assert cause.allowed_parent_page_models() == [models.TopicPage]
    assert models.TipPage.allowed_parent_page_models() == [models.IndexPage]

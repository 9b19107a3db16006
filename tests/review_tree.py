"""A small library: one page of each kind that the tests of reviews need, and one source.

The starter library says nothing more about signing, and every test would wait for it.
"""

from typing import Any

from wagtail.models import Page, Site

from library.models import CausePage, HomePage, IndexPage, Source, TipPage, TopicPage


def plant() -> None:
    source = Source.objects.create(
        key="S1", kind="guideline", title="A guideline", says="Keep moving."
    )
    text = {"heading": "What it is", "smaller": False, "text": "<p>Sore muscles.</p>"}
    body = [{"type": "prose", "value": {**text, "sources": [source.pk]}}]
    root = Page.objects.get(depth=1)
    home = _add(root, HomePage(title="A small library", slug="small", answer="Hello."))
    Site.objects.filter(is_default_site=True).update(root_page=home)
    topic = _add(home, TopicPage(title="Back pain", slug="back", answer="What is it?"))
    for key in ("strain", "disc", "posture", "clot"):
        page = CausePage(title=f"Cause {key}", slug=key, key=key, answer=f"It is {key}.")
        page.body = page.body.stream_block.to_python(body)
        _add(topic, page)
    index = _add(home, IndexPage(title="Tips", slug="tips", answer="Do.", lists="tip"))
    _add(index, TipPage(title="Walk", slug="walk", answer="Walk more.", strength="low"))


def _add(parent: Page, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)

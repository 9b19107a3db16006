"""Everything that people type, filled with known attacks, in a real browser: it is only text.

Nothing runs, no dialog opens, and the browser has no violation of the security policy to report:
what is escaped needs no policy to stop it.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.http import QueryDict
from django.utils.html import escape
from playwright.sync_api import Page, expect
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.models import Page as WagtailPage
from wagtail.models import Site

from library.blocks import BodyBlock
from library.models import Feedback, GlossaryTerm, MissedSearch, SiteBrand, Source
from library.models.clinical_page import ClinicalPage

sys.path.insert(0, str(Path(__file__).parent))

from payloads import PAYLOADS

ALL = "\n".join(PAYLOADS)
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    yield from listening(page)


@pytest.fixture
def watched_editor(editor_page: Page) -> Iterator[Page]:
    yield from listening(editor_page)


def listening(page: Page) -> Iterator[Page]:
    dialogs: list[str] = []
    page.add_init_script(LISTEN)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    assert dialogs == []


def is_only_text(page: Page) -> None:
    """Waits for the page, touches what could have been made touchable, and looks."""
    expect(page.locator("body")).to_be_visible()
    page.wait_for_load_state("load")
    assert page.evaluate("window.xss") is None, page.url
    assert page.evaluate("window.violations") == [], page.url
    made = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes])
             .filter(({ name, value }) => /xss=1/.test(value)
               && (/^on|^srcdoc$/.test(name) || /^\\s*javascript:/i.test(value) && name != "value"))
             .map(({ name, value, ownerElement }) => `${ownerElement.tagName} ${name} ${value}`)"""
    )
    assert made == [], page.url


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def filled(block: Any, next_one: Iterator[str], sources: list[int]) -> Any:
    """A value for a block with attacks wherever somebody types."""
    if isinstance(block, StructBlock):
        return {n: filled(b, next_one, sources) for n, b in block.child_blocks.items()}
    if isinstance(block, ListBlock):
        child = filled(block.child_block, next_one, sources)
        return [] if child is None else [child, filled(block.child_block, next_one, sources)]
    if isinstance(block, RichTextBlock):
        return f"<p>{next(next_one)} {next(next_one)}</p>"
    if isinstance(block, CharBlock):
        return " ".join(next(next_one) for _ in range(3))
    if block.name == "":  # the chooser of a source, inside a list
        return sources[0]
    return KNOWN.get(block.name)


KNOWN = {"level": "urgent", "strength": "low", "n": 1, "of": 10, "figure": "where-disc"}


def body(sources: list[int]) -> str:
    next_one = cycle(PAYLOADS)
    stream = BodyBlock()
    assert isinstance(stream, StreamBlock)
    values = [
        {"type": name, "value": filled(block, next_one, sources)}
        for name, block in stream.child_blocks.items()
    ]
    return json.dumps([*values, *values])


def as_the_editor_keeps_them(value: Any) -> Any:
    """Formatted text has been through the editor, which leaves no tag that it does not know."""
    if isinstance(value, dict):
        return {name: as_the_editor_keeps_them(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_the_editor_keeps_them(one) for one in value]
    if isinstance(value, str) and value.startswith("<p>"):
        return f"<p>{escape(value)}</p>"
    return value


def attack(row: models.Model, *keep: str) -> None:
    """Write attacks into every text of a row, past all forms."""
    fields: dict[str, Any] = {}
    for number, field in enumerate(row._meta.get_fields()):
        typed = isinstance(field, models.CharField | models.TextField) and not field.choices
        if typed and not isinstance(field, models.SlugField | models.URLField):
            most = getattr(field, "max_length", None)
            text = ALL if most is None or isinstance(field, models.TextField) else ""
            short = [p for p in PAYLOADS[number % 20 :] if len(p) <= (most or 0)]
            fields[field.name] = text or " ".join(short)[: most or 0]
    for name in keep:
        fields.pop(name, None)
    if hasattr(row, "link"):
        fields["url"] = "javascript:window.xss=1"
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


#: Of the tree itself: no person types them.
OF_THE_TREE = ("path", "url_path", "content_type", "draft_title", "body", "slug", "key", "doi")
KINDS = [model for model in ClinicalPage.__subclasses__() if not model._meta.abstract]


def attacked(model: Any) -> Any:
    page = model.objects.live().first()
    sources = list(Source.objects.values_list("pk", flat=True)[:3])
    attack(page, *OF_THE_TREE, "icd10", "icd11")
    field = model._meta.get_field("body")
    value = field.to_python(body(sources))
    page = model.objects.get(pk=page.pk)
    page.body = value
    models.Model.save(page)
    return page


def test_every_kind_of_page_shows_attacks_as_text(watched: Page) -> None:
    for row in [*Source.objects.all()[:3], *GlossaryTerm.objects.all()]:
        attack(row, "key", "doi")
    pages = [attacked(model) for model in KINDS]
    assert len({type(page) for page in pages}) >= 7
    for page in pages:
        watched.goto(page.get_url())
        is_only_text(watched)
        shown = plain(watched.locator("main").inner_text())
        missing = [payload for payload in PAYLOADS if plain(payload) not in shown]
        assert missing == [], page.get_url()
    for address in ("/", "/a-z/", "/glossary/", "/changes/", "/search/?q=script"):
        watched.goto(address)
        is_only_text(watched)


def test_the_owners_own_words_are_only_text(watched: Page) -> None:
    brand = SiteBrand.objects.create(site=Site.objects.get(is_default_site=True))
    attack(brand, "accent", "accent_dark")
    for address in ("/", "/back-and-calf-pain/", "/symptom-checker/back-and-calf/", "/nope/"):
        watched.goto(address)
        is_only_text(watched)
    assert "<script" in watched.locator("header.site-head").inner_text()


def test_what_visitors_type_is_only_text(watched: Page) -> None:
    forms: list[Callable[[str], str]] = [
        lambda text: f"/search/?{query(q=text)}",
        lambda text: f"/search/suggest/?{query(q=text)}",
        lambda text: f"/search/?{query(q='back', kind=text)}",
        lambda text: f"/find/{query(x=text)[2:]}/",
        lambda text: f"/symptom-checker/back-and-calf/replay/#{query(x=text)[2:]}",
    ]
    for number, payload in enumerate([*PAYLOADS, "%", "%E0%A4%A"]):
        watched.goto(forms[number % len(forms)](payload))
        is_only_text(watched)
    watched.goto("/symptom-checker/back-and-calf/replay/")
    for payload in PAYLOADS[::12]:
        watched.get_by_label("Code on the printed page").fill(payload)
        watched.get_by_role("button", name="Show this visit").click()
        expect(watched.get_by_label("Code on the printed page")).to_have_value(payload)
        is_only_text(watched)


def query(**values: str) -> str:
    made = QueryDict(mutable=True)
    made.update(values)
    return made.urlencode()


@pytest.mark.parametrize(
    "stored",
    [
        {
            "pages": [{"url": text, "title": text} for text in PAYLOADS],
            "questions": PAYLOADS,
        },
        {"pages": [{"url": url, "title": "x"} for url in ("/\\evil.example", "//evil.example")]},
        {"pages": [None, 1, {"url": 5, "title": {}}], "questions": [None, {}]},
        {"pages": "x", "questions": 7},
        [1],
        "x",
    ],
)
def test_what_the_device_keeps_is_only_text(watched: Page, stored: Any) -> None:
    watched.add_init_script(f"localStorage.setItem('my-visit', {json.dumps(json.dumps(stored))});")
    watched.goto("/my-visit/")
    expect(watched.locator("[data-visit-form]")).to_be_visible()
    is_only_text(watched)
    away = watched.evaluate(
        "() => [...document.querySelectorAll('[data-visit-pages] a')]"
        ".filter((a) => new URL(a.href).origin !== location.origin).map((a) => a.href)"
    )
    assert away == []


def test_the_admin_shows_them_as_text_too(watched_editor: Page) -> None:
    """There the policy allows inline code, so escaping is all that stands against it."""
    page = attacked(KINDS[-1])
    body = page.body.get_prep_value()
    page.body = page.body.stream_block.to_python(as_the_editor_keeps_them(body))
    models.Model.save(page)
    WagtailPage.objects.filter(pk=page.pk).update(draft_title=PAYLOADS[0] + PAYLOADS[11])
    attack(Source.objects.first(), "key", "doi")
    attack(GlossaryTerm.objects.first(), "key")
    Feedback.objects.create(page_id=page.pk, clear=False, words=ALL)
    for number, payload in enumerate(PAYLOADS[:30]):
        MissedSearch.objects.create(words=payload[:55] + str(number), times=number)
    parent = page.get_parent()
    for address in (
        f"/admin/pages/{parent.pk}/",
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/",
        "/admin/snippets/library/source/",
        f"/admin/snippets/library/source/edit/{Source.objects.first().pk}/",
        "/admin/snippets/library/glossaryterm/",
        "/admin/feedback/",
        f"/admin/feedback/edit/{Feedback.objects.get().pk}/",
        "/admin/reports/searches/",
        "/admin/reports/quality/",
        "/admin/",
    ):
        answer = watched_editor.goto(address)
        assert answer
        assert answer.status == 200, address
        is_only_text(watched_editor)

"""Words of the glossary, explained where readers meet them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library import fresh
from library.glossary import explain, found_in, glossary, link_first, linked
from library.models import CausePage, GlossaryTerm
from serving_site import settle

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def word() -> str:
    GlossaryTerm.objects.create(
        key="zz-test", term="zygoma", also="cheek bone", definition="A <bone> of the face."
    )
    return "zz-test"


def link(key: str, said: str) -> str:
    return f'<a href="/glossary/#{key}">{said}</a>'


def test_a_linked_word_says_what_it_means(word: str) -> None:
    html = explain(f"<p>Your {link(word, 'zygomas')}.</p>", glossary, set())
    assert f'popovertarget="word-{word}"' in html
    assert f'id="word-{word}" popover' in html
    assert ">zygomas</button>" in html
    assert "A &lt;bone&gt; of the face." in html


def test_it_is_explained_once_a_page(word: str) -> None:
    explained: set[str] = set()
    first, second = (explain(link(word, "zygoma"), glossary, explained) for _ in range(2))
    assert first.count(f'id="word-{word}"') == 1
    assert f'id="word-{word}"' not in second
    assert f'popovertarget="word-{word}"' in second


def test_a_word_that_is_gone_stays_a_link() -> None:
    html = link("never-was", "word")
    assert explain(html, glossary, set()) == html


def test_pages_explain_without_scripts_and_without_ids_twice(client: Client) -> None:
    page = CausePage.objects.get(key="venous_thrombosis")
    html = client.get(page.url).content.decode()
    keys = linked(str(block.value) for block in page.body)
    assert html.count('class="term-says"') == html.count(" popover>") > 0
    for key in keys & glossary().keys():
        assert html.count(f'id="word-{key}"') == 1
    assert "onclick" not in html


def glossary_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len([q for q in captured if "library_glossaryterm" in q["sql"]])


def test_words_cost_no_query_once_known(client: Client) -> None:
    page = CausePage.objects.get(key="venous_thrombosis")
    assert glossary_queries(client, page.url) == 1
    assert glossary_queries(client, page.url) == 0


def test_another_worker_sees_a_change_too(word: str) -> None:
    settle()
    assert glossary()[word].definition.startswith("A <bone>")
    # What another worker does: rows change, no signal reaches us, and the shared number moves on.
    GlossaryTerm.objects.filter(key=word).update(definition="Said elsewhere.")
    assert glossary()[word].definition.startswith("A <bone>")
    assert fresh.counter
    fresh.counter.move_on()
    assert glossary()[word].definition == "Said elsewhere."


def test_nothing_is_kept_without_the_shared_number(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    monkeypatch.setattr(fresh, "counter", None)
    assert glossary()[word].definition.startswith("A <bone>")
    GlossaryTerm.objects.filter(key=word).update(definition="Said elsewhere.")
    assert glossary()[word].definition == "Said elsewhere."


def test_a_changed_meaning_is_shown_at_once(word: str) -> None:
    assert glossary()[word].definition.startswith("A <bone>")
    term = GlossaryTerm.objects.get(key=word)
    term.definition = "Something else."
    term.save()
    assert glossary()[word].definition == "Something else."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The zygoma is a bone.", True),
        ("Zygomas are bones.", True),
        ("Your cheek bone.", True),
        ("zygomatic", False),
        ("a-zygoma", False),
    ],
)
def test_words_are_found_whole(word: str, text: str, found: bool) -> None:
    assert bool(list(found_in(text, [glossary()[word]]))) is found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<p>A zygoma. A zygoma.</p>",
            '<p>A <a href="/glossary/#zz-test">zygoma</a>. A zygoma.</p>',
        ),
        (
            '<p><a href="https://x.example/">zygoma</a> or Cheek bone</p>',
            '<p><a href="https://x.example/">zygoma</a> or '
            '<a href="/glossary/#zz-test">Cheek bone</a></p>',
        ),
        ('<p><a href="/zygoma/">bone</a></p>', None),
        ("<p>Nothing.</p>", None),
    ],
)
def test_the_first_free_mention_is_linked(word: str, html: str, expected: str | None) -> None:
    assert link_first(html, glossary()[word]) == expected

"""Rich text ↔ Markdown: whatever an editor writes survives the way to a file and back."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.loader.directives import split_body
from library.loader.links import address, resolver
from library.loader.markdown import to_rich_text
from library.loader.rich_text import plain_lines, to_line, to_markdown

PAGES = {"disc": 7, "clot": 8}
SLUGS = {pk: slug for slug, pk in PAGES.items()}
RESOLVE = resolver(PAGES, {"vein"})


def _written(html: str) -> str:
    return to_markdown(html, lambda attributes: address(attributes, SLUGS))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ('<p data-block-key="a1b2c">One.</p>', "One."),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>x</p><ul><li>a</li></ul><p>y</p>", "x\n\n- a\n\ny"),
        ("<p>a <b>b</b> c</p>", "a **b** c"),
        ("<p>1<b>_1</b></p>", "1_1"),
        ('<p><a linktype="page" id="7">x</a></p>', "[x](page:disc)"),
        ('<p><a href="/glossary/#vein">x</a></p>', "[x](term:vein)"),
        ('<p><a href="/symptom-checker/back/">x</a></p>', "[x](checker:back)"),
        (
            '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>',
            "[x](https://example.org/?a=1&b=2)",
        ),
        (
            '<p><b>a </b><a linktype="page" id="7"><b>b</b></a><b>:</b> c</p>',
            "**a [b](page:disc):** c",
        ),
        ("<p>a<br/>b</p>", "a\\\nb"),
        ("<p>2 * 3 &lt; 7 &amp; [x]</p>", "2 \\* 3 < 7 & \\[x\\]"),
    ],
)
def test_both_ways(html: str, markdown: str) -> None:
    assert _written(html) == markdown
    plain = re.sub(r' data-block-key="\w+"', "", html)
    assert _written(to_rich_text(markdown, RESOLVE)) == markdown
    assert plain_lines(to_rich_text(markdown, RESOLVE)) == plain_lines(plain)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p><a linktype="page" id="99">gone</a></p>', "gone"),
        ('<p><a href="/private/">odd</a></p>', "odd"),
        ("<p>a <i>b</i></p>", "a b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n- b"),
        ("<p> </p><p>x</p>", "x"),
        ("<p><b> </b>x</p>", "x"),
        ("loose words", "loose words"),
    ],
)
def test_what_a_file_cannot_say_keeps_its_words(html: str, markdown: str) -> None:
    assert _written(html) == markdown


def test_a_list_entry_is_one_line() -> None:
    assert to_line("<p>a</p><p><b>b</b><br/>c</p>", dict) == "a **b** c"


#: Words with everything that means something in Markdown, in HTML or in our own files.
WORDS = st.text("ab XY.1)#-+*_[]()<>&!`\\~=|:^\"'éß…", min_size=1, max_size=12)
TRAPS = st.sampled_from(
    [
        "Sources: NG59",
        ":::",
        "::: urgent x",
        "## x",
        "- x",
        "+ x",
        "3. x",
        "> x",
        "===",
        "---",
        "+++",
    ]
)


@st.composite
def _inline(draw: st.DrawFn) -> str:
    words = escape(draw(WORDS | TRAPS), quote=False)
    kind = draw(st.sampled_from(["plain", "plain", "bold", "page", "term"]))
    return {
        "plain": words,
        "bold": f"<b>{words}</b>",
        "page": f'<a linktype="page" id="7">{words}</a>',
        "term": f'<a href="/glossary/#vein">{words}</a>',
    }[kind]


def _joined(parts: list[str]) -> str:
    return "".join(parts)


INLINE = st.lists(_inline(), min_size=1, max_size=4).map(_joined)
PARAGRAPH = INLINE.map(lambda text: f"<p>{text}</p>")
LIST = st.tuples(st.sampled_from(["ul", "ol"]), st.lists(INLINE, min_size=1, max_size=3)).map(
    lambda given: f"<{given[0]}>{''.join(f'<li>{x}</li>' for x in given[1])}</{given[0]}>"
)
RICH = st.lists(PARAGRAPH | LIST, min_size=1, max_size=4).map(_joined)


@given(RICH)
@settings(max_examples=300, deadline=None)
def test_words_survive_and_a_second_round_changes_nothing(html: str) -> None:
    markdown = _written(html)
    back = to_rich_text(markdown, RESOLVE) if markdown else ""
    assert plain_lines(back) == plain_lines(html)
    assert _written(back) == markdown


@given(RICH)
@settings(max_examples=300, deadline=None)
def test_words_never_become_syntax_of_the_file(html: str) -> None:
    """A paragraph that looks like a heading, a block or a list of sources stays a paragraph."""
    markdown = _written(html)
    pieces = split_body("x.md", f"Before.\n\n{markdown}\n\nSources: NG59", 1)
    assert [(p.name, p.title, p.sources) for p in pieces] == [("prose", "", ("NG59",))]

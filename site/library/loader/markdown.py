"""Our small Markdown to Wagtail's rich text: paragraphs, lists of one level, bold, links."""

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import count
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Turns the address of a link into the attributes of its <a>; raises ValueError with the reason.
#: No attributes at all mean: leave the words and drop the link.
LinkResolver = Callable[[str], dict[str, str]]

_REFUSED = {
    "heading_open": "a heading cannot stand here",
    "html_block": "raw HTML is not allowed",
    "html_inline": "raw HTML is not allowed",
    "image": "use a ::: figure block for pictures",
    "fence": "code is not allowed",
    "code_block": "text must not be indented by four spaces",
    "code_inline": "code is not allowed",
    "blockquote_open": "quotations with “>” are not allowed",
    "hr": "rules are not allowed",
    "em_open": "use **bold**; italics are not allowed",
    "table_open": "tables are not allowed",
}
_TAGS = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>",
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_open": "<ol>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
    "strong_open": "<b>",
    "strong_close": "</b>",
    "softbreak": " ",
    "hardbreak": "<br/>",
}


class MarkdownError(ValueError):
    """Something we do not allow. ``line`` is counted from 0 within the text."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


_SPACE_FIRST, _SPACE_LAST = re.compile("<b>( +)"), re.compile("( +)</b>")
_KEYED = re.compile(r"<(p|li)>")
_parser = MarkdownIt("commonmark", {"html": True})


def to_rich_text(text: str, resolve: LinkResolver) -> str:
    """Rich text of a piece of Markdown. Raises MarkdownError for what we do not allow."""
    return _tidy(_Writer(resolve).write(_parser.parse(text)))


def as_saved(html: str) -> str:
    """Rich text with the keys that Wagtail's editor gives to its paragraphs and list items."""
    number = count(1)
    return _KEYED.sub(lambda match: f'<{match[1]} data-block-key="{next(number):05}">', html)


def list_items(text: str, resolve: LinkResolver) -> list[str]:
    """The items of a text that is one list, each as a paragraph of rich text."""
    tokens = _parser.parse(text)
    if not tokens or not tokens[0].type.endswith("list_open"):
        raise MarkdownError(0, "a list is expected here")
    items: list[list[Token]] = []
    for token in tokens[1:-1]:
        if token.type in ("bullet_list_open", "ordered_list_open") or token.type.endswith(
            "t_close"
        ):
            raise MarkdownError(_line(token), "only one list, of one level, can stand here")
        if token.type == "list_item_open":
            items.append([])
        elif token.type == "inline":
            items[-1].append(token)
    lines = (" ".join(_Writer(resolve).write([token]) for token in item) for item in items)
    return [f"<p>{_tidy(line)}</p>" for line in lines]


def _tidy(html: str) -> str:
    """No empty bold, and no space at an edge of it: the editor keeps neither."""
    html = _SPACE_FIRST.sub(r"\1<b>", html)
    return _SPACE_LAST.sub(r"</b>\1", html).replace("<b></b>", "")


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


class _Writer:
    """Writes as Wagtail's editor does, so that saving a page there changes nothing by itself: a
    link holds the bold words, not the other way round. ``as_saved`` does the rest.
    """

    def __init__(self, resolve: LinkResolver) -> None:
        self.resolve = resolve
        self.line = 0
        self.depth = 0
        self.linked = False
        self.bold = False

    def write(self, tokens: Sequence[Token]) -> str:
        return "".join(self._token(token) for token in tokens)

    def _token(self, token: Token) -> str:
        self.line = token.map[0] if token.map else self.line
        if token.type in _REFUSED:
            raise MarkdownError(self.line, _REFUSED[token.type])
        if token.type == "inline":
            return self.write(token.children or [])
        if token.type == "text":
            return escape(token.content, quote=False)
        if token.type == "link_open":
            return self._link(token)
        if token.type == "link_close":
            return self._inside_out("</a>") if self.linked else ""
        if token.type in ("strong_open", "strong_close"):
            self.bold = token.type == "strong_open"
        if token.type.startswith("paragraph") and token.hidden:
            return ""
        self._count_lists(token)
        return _TAGS.get(token.type, "")

    def _count_lists(self, token: Token) -> None:
        if token.type.endswith("list_open"):
            self.depth += 1
            if self.depth > 1:
                raise MarkdownError(self.line, "lists have one level only")
        elif token.type.endswith("list_close"):
            self.depth -= 1

    def _link(self, token: Token) -> str:
        href: Any = token.attrs.get("href", "")
        try:
            attributes = self.resolve(str(href))
        except ValueError as error:
            raise MarkdownError(self.line, str(error)) from error
        self.linked = bool(attributes)  # links do not nest, so one flag is enough
        named = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        return self._inside_out(f"<a{named}>") if attributes else ""

    def _inside_out(self, tag: str) -> str:
        return f"</b>{tag}<b>" if self.bold else tag

"""Rich text as Wagtail stores it, back to our small Markdown: what ``markdown`` reads, written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from library.loader.markdown import MarkdownError, to_rich_text

#: Turns the attributes of an <a> into the address of a content file; empty for a dead link.
Addresser = Callable[[Mapping[str, str | None]], str]

BREAK = "\\\n"
_BLOCKS = {"p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6"}
_BOLD = {"b", "strong"}
_SPECIAL = re.compile(r"[\\*`\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
#: What would begin something else at the start of a line, here or in the file's own syntax.
_LINE_START = re.compile(
    r"(?:#{1,6}(?= |$)|[-+](?= |$)|[-=]+$|:::|~~~|>)|(?P<n>\d{1,9})(?=[.)](?: |$))"
)
_KEYWORD = re.compile(r"^Sources(?=: )")


#: Words, whether they are bold, and where they lead.
_Pieces = list[tuple[str, bool, str]]


@dataclass
class _Part:
    """One paragraph or list item. ``kind`` is p, ul or ol."""

    kind: str
    pieces: _Pieces = field(default_factory=list)

    def add(self, words: str, bold: bool, link: str) -> None:
        if self.pieces and self.pieces[-1][1:] == (bold, link):
            words = self.pieces.pop()[0] + words
        self.pieces.append((words, bold, link))

    def words(self) -> str:
        return " ".join("".join(piece[0] for piece in self.pieces).split())


def to_markdown(html: str, address: Addresser) -> str:
    """Markdown of a rich text: paragraphs and lists, one line each, a blank line between them."""
    out: list[str] = []
    number, before = 0, ""
    for part in _parts(html, address):
        text = _line(part)
        number = number + 1 if part.kind == before == "ol" else 1
        if part.kind == "p":
            out.append(f"\n{text}")
        else:
            mark = "- " if part.kind == "ul" else f"{number}. "
            gap = "" if part.kind == before else "\n"
            out.append(gap + mark + text.replace("\n", "\n" + " " * len(mark)))
        before = part.kind
    return "\n".join(out).strip("\n")


def to_line(html: str, address: Addresser) -> str:
    """The whole of a rich text as one line, for a list entry."""
    return " ".join(_line(part).replace(BREAK, " ") for part in _parts(html, address))


def plain_lines(html: str) -> list[str]:
    """The words of a rich text, a paragraph or list item each."""
    return [part.words() for part in _parts(html, lambda _attributes: "")]


def lines_with_links(html: str, address: Addresser) -> list[tuple[str, tuple[str, ...]]]:
    """The words of each paragraph or list item, with the addresses that it leads to."""
    return [
        (part.words(), tuple(dict.fromkeys(link for _words, _bold, link in part.pieces if link)))
        for part in _parts(html, address)
    ]


def _parts(html: str, address: Addresser) -> list[_Part]:
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    return [part for part in reader.parts if part.words()]


class _Reader(HTMLParser):
    """Keeps words, bold, links and lists. Of anything else, which no editor can make, the words."""

    def __init__(self, address: Addresser) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.parts: list[_Part] = []
        self.lists: list[str] = []
        self.bold = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag in _BLOCKS:
            self.parts.append(_Part(self.lists[-1] if self.lists else "p"))
        elif tag in _BOLD:
            self.bold += 1
        elif tag == "a":
            self.link = self.address(dict(attrs))
        elif tag == "br":
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in _BOLD:
            self.bold = max(0, self.bold - 1)
        elif tag == "a":
            self.link = ""

    def handle_data(self, data: str) -> None:
        if data.strip() or (self.parts and self.parts[-1].pieces):
            self._add(re.sub(r"[ \t\r\n]+", " ", data))

    def _add(self, words: str) -> None:
        if not self.parts:
            self.parts.append(_Part("p"))
        self.parts[-1].add(words, self.bold > 0, self.link)


def _line(part: _Part) -> str:
    """The Markdown of one part. Bold that Markdown cannot say just there is left out."""
    without_bold = _Part(part.kind)
    for words, _bold, link in part.pieces:
        without_bold.add(words, False, link)
    for pieces in (part.pieces, without_bold.pieces):
        text = _escape_starts(_inline(pieces))
        if _reads_as(text, pieces):
            return text
    return _escape_starts(_escape(part.words()))


def _reads_as(text: str, pieces: _Pieces) -> bool:
    """Whether the file would be read back as just this, and not as something else."""
    try:
        html = to_rich_text(text, lambda href: {"href": href})
    except MarkdownError:
        return False
    back = _parts(html, lambda attributes: attributes.get("href") or "")
    return len(back) == 1 and _marked(back[0].pieces) == _marked(pieces)


def _marked(pieces: _Pieces) -> list[tuple[str, bool, bool]]:
    """Each letter, and whether it is bold or part of a link."""
    return [
        (letter, bold, bool(link))
        for words, bold, link in pieces
        for letter in "".join(words.split())
    ]


def _inline(pieces: _Pieces) -> str:
    """Neighbours in bold share one pair of marks, also where one of them is a link."""
    out = ""
    for bold, group in groupby(_with_bold_spaces(pieces), key=lambda piece: piece[1]):
        text = "".join(_linked(words, link) for words, _bold, link in group)
        inner = text.strip(" \n")
        out += text.replace(inner, f"**{inner}**") if bold and inner else text
    lines = (" ".join(filter(None, line.split(" "))) for line in out.split("\n"))
    return BREAK.join(line for line in lines if line)


def _with_bold_spaces(pieces: _Pieces) -> Iterator[tuple[str, bool, str]]:
    """The editor takes the space between two bold words out of the bold. Nobody can see that."""
    for before, (words, bold, link), after in zip(
        [None, *pieces], pieces, [*pieces[1:], None], strict=False
    ):
        between = before is not None and after is not None and before[1] and after[1]
        yield words, bold or (between and not words.strip(" ")), link


def _linked(words: str, link: str) -> str:
    inner = words.strip(" \n")
    if not link or not inner:
        return _escape(words)
    return words.replace(inner, f"[{_escape(inner)}]({_destination(link)})")


def _escape(words: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", words)


def _escape_starts(text: str) -> str:
    return BREAK.join(_escape_start(line) for line in text.split(BREAK))


def _escape_start(line: str) -> str:
    line = _KEYWORD.sub(r"Sources\\", line)
    match = _LINE_START.match(line)
    if match is None:
        return line
    at = match.end("n") if match["n"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _destination(link: str) -> str:
    return re.sub(r"[()<>\s\\]", lambda match: f"%{ord(match[0]):02X}", link)

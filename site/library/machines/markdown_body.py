"""A page's body as Markdown that stands alone: complete addresses, numbered sources, no directives.

The exporter writes our own content files, with our own addresses and ``:::``; here anybody reads.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from library.blocks.care import CARE_LEVELS
from library.blocks.evidence import STRENGTHS
from library.figures import figures
from library.loader.rich_text import to_line, to_markdown
from library.reading import Reading

_LEVELS, _STRENGTHS = dict(CARE_LEVELS), dict(STRENGTHS)


def body_markdown(reading: Reading, request: HttpRequest) -> str:
    writer = _Writer(reading, request)
    return "\n\n".join(part for block in reading.page.body for part in writer.parts(block) if part)


class _Writer:
    """Each method writes one kind of block; none sees more than the block's value."""

    def __init__(self, reading: Reading, request: HttpRequest) -> None:
        self.reading, self.request = reading, request

    def parts(self, block: Any) -> Iterator[str]:
        yield from _KINDS[block.block_type](self, block.value)
        yield self.sources(block.value)

    def link(self, attributes: Mapping[str, str | None]) -> str:
        if attributes.get("linktype") == "page":
            href = self.reading.urls.get(int(attributes.get("id") or 0), "")
        else:
            href = attributes.get("href") or ""
        return self.request.build_absolute_uri(href) if href.startswith("/") else href

    def rich(self, value: Any) -> str:
        return to_markdown(value.source, self.link)

    def items(self, values: Any, mark: str) -> str:
        lines = (to_line(value.source, self.link) for value in values)
        return "\n".join(f"{mark} {line}" for line in lines if line)

    def sources(self, value: Any) -> str:
        known = self.reading.citations
        cited = [s.pk for s in value.get("sources") or [] if s is not None and s.pk in known]
        numbers = "".join(f"[{known[pk].number}]" for pk in cited)
        return _("Sources: {numbers}").format(numbers=numbers) if numbers else ""

    def prose(self, value: Any) -> Iterator[str]:
        heading = value["heading"].strip()
        yield f"{'###' if value['smaller'] else '##'} {heading}" if heading else ""
        yield self.rich(value["text"])

    def care_card(self, value: Any) -> Iterator[str]:
        yield f"### {value['title']}"
        yield f"**{_LEVELS[value['level']]}**"
        yield self.rich(value["text"])

    def stop_card(self, value: Any) -> Iterator[str]:
        yield f"### {value['title']}"
        yield self.rich(value["text"])

    def caution(self, value: Any) -> Iterator[str]:
        yield f"### {_('Caution')}: {value['title']}"
        yield self.rich(value["text"])

    def evidence(self, value: Any) -> Iterator[str]:
        yield f"### {value['title']}" if value["title"] else ""
        yield f"**{_STRENGTHS[value['strength']]}**" if value["strength"] else ""
        yield self.rich(value["text"])

    def myth(self, value: Any) -> Iterator[str]:
        yield f"### {_('Myth')}: {value['myth']}"
        yield f"**{_('Fact')}**"
        yield self.rich(value["fact"])

    def key_facts(self, value: Any) -> Iterator[str]:
        yield f"### {value['title'] or _('Key facts')}"
        yield self.items(value["facts"], "-")

    def do_dont(self, value: Any) -> Iterator[str]:
        yield f"### {value['title']}" if value["title"] else ""
        for word, name in ((_("Do"), "do"), (_("Do not"), "dont")):
            if value[name]:
                yield f"**{word}**"
                yield self.items(value[name], "-")

    def steps(self, value: Any) -> Iterator[str]:
        yield f"### {value['title']}" if value["title"] else ""
        yield self.items(value["steps"], "1.")

    def exercise(self, value: Any) -> Iterator[str]:
        yield f"### {value['title']}"
        yield f"**{_('How much:')}** {value['dose']}"
        yield self.items(value["steps"], "1.")

    def figure(self, value: Any) -> Iterator[str]:
        figure = figures().get(value["figure"])
        if figure:
            yield f"*{_('Figure')}: {figure.title}. {figure.description}*"
        yield value["caption"]

    def how_common(self, value: Any) -> Iterator[str]:
        share = _("{n} in {of}").format(n=value["n"], of=value["of"])
        yield f"**{share}** {value['who']} {value['text']}"


_KINDS: dict[str, Callable[[_Writer, Any], Iterator[str]]] = {
    "prose": _Writer.prose,
    "care_card": _Writer.care_card,
    "stop_card": _Writer.stop_card,
    "key_facts": _Writer.key_facts,
    "do_dont": _Writer.do_dont,
    "steps": _Writer.steps,
    "exercise": _Writer.exercise,
    "figure": _Writer.figure,
    "how_common": _Writer.how_common,
    "evidence": _Writer.evidence,
    "myth": _Writer.myth,
    "caution": _Writer.caution,
}

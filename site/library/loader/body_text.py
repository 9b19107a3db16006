"""Blocks of a page's StreamField to the text of a body file: what ``body`` reads, written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from library.loader.links import address
from library.loader.rich_text import to_line, to_markdown


@dataclass(frozen=True)
class Names:
    """What primary keys are called in content files."""

    pages: Mapping[int, str]
    sources: Mapping[int, str]

    def address(self, attributes: Mapping[str, str | None]) -> str:
        return address(attributes, self.pages)


def body_text(body: Any, names: Names) -> str:
    """The body of a content file: one piece for each block, a blank line between them."""
    return "\n\n".join(filter(None, (_Writer(block.value, names).text(block) for block in body)))


class _Writer:
    """Writes one block; each method is one kind, and they stand in the order of ``body``'s."""

    def __init__(self, value: Any, names: Names) -> None:
        self.value, self.names = value, names

    def text(self, block: Any) -> str:
        return _KINDS[block.block_type](self)

    def rich(self, name: str) -> str:
        return to_markdown(self.value[name].source, self.names.address)

    def lines(self, name: str) -> list[str]:
        found = (to_line(line.source, self.names.address) for line in self.value[name])
        return [line for line in found if line]

    def sources(self) -> str:
        keys = (self.names.sources.get(s.pk) for s in self.value["sources"] if s is not None)
        listed = ", ".join(filter(None, keys))
        return f"Sources: {listed}" if listed else ""

    def block(self, name: str, title: str, text: str, **attributes: Any) -> str:
        first = " ".join(filter(None, ("::: " + name, title.strip())))
        settings = [
            f"{key}: {value}" for key, value in attributes.items() if value not in ("", None)
        ]
        parts = ["\n".join([first, *settings]), text]
        if "sources" in self.value:
            parts.append(self.sources())
        return "\n\n".join(filter(None, parts)) + "\n:::"

    def prose(self) -> str:
        heading = self.value["heading"].strip()
        marks = "###" if self.value["smaller"] else "##"
        parts = (f"{marks} {heading}" if heading else "", self.rich("text"), self.sources())
        return "\n\n".join(filter(None, parts))

    def care_card(self) -> str:
        name = self.value["level"].replace("_", "-")
        return self.block(name, self.value["title"], self.rich("text"))

    def stop_card(self) -> str:
        return self.block("stop", self.value["title"], self.rich("text"))

    def key_facts(self) -> str:
        return self.block("key-facts", self.value["title"], _marked(self.lines("facts"), "- "))

    def do_dont(self) -> str:
        do, dont = _marked(self.lines("do"), "+ "), _marked(self.lines("dont"), "- ")
        return self.block("do-dont", self.value["title"], "\n".join(filter(None, (do, dont))))

    def steps(self) -> str:
        steps = "\n".join(_numbered(self.lines("steps")))
        return self.block("steps", self.value["title"], steps, figure=self.value["figure"])

    def exercise(self) -> str:
        steps = "\n".join(_numbered(self.lines("steps")))
        dose, figure = self.value["dose"], self.value["figure"]
        return self.block("exercise", self.value["title"], steps, dose=dose, figure=figure)

    def figure(self) -> str:
        return self.block("figure", self.value["figure"], "", caption=self.value["caption"])

    def how_common(self) -> str:
        counts = {name: self.value[name] for name in ("n", "of", "who")}
        return self.block("how-common", "", self.value["text"], **counts)

    def evidence(self) -> str:
        strength = self.value["strength"]
        return self.block("evidence", self.value["title"], self.rich("text"), strength=strength)

    def myth(self) -> str:
        return self.block("myth", self.value["myth"], self.rich("fact"))

    def caution(self) -> str:
        return self.block("caution", self.value["title"], self.rich("text"))


def _marked(lines: list[str], mark: str) -> str:
    return "\n".join(mark + line for line in lines)


def _numbered(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield f"{number}. {line}"


_KINDS: dict[str, Callable[[_Writer], str]] = {
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

"""What stands on a made-up page: blocks as an editor would fill them, sources, links."""

import uuid
from collections.abc import Sequence
from random import Random
from typing import Any

from library.growth.plan import MARK, Planned
from library.growth.words import Vocabulary

ANSWER = "This page is {mark}, to try a large library: {sentence}"
_FEELS = ("A dull ache", "Sharp and sudden", "Numb and tingling", "Sore and stiff", "Hot, burning",
          "Heavy and tired", "Tight, like a cramp", "Cold")  # fmt: skip
_WHERE = ("Low back", "Calf", "Behind the knee", "Thigh and buttock", "Chest", "Ankle and foot")
_SWELLING = ("No", "Yes, often", "Sometimes, a little")


class Bodies:
    """Fills pages. ``sources`` and ``figures`` are what they may cite and show."""

    def __init__(
        self, vocabulary: Vocabulary, sources: Sequence[int], figures: Sequence[str]
    ) -> None:
        self.vocabulary, self.random = vocabulary, vocabulary.random
        self.sources, self.figures = sources, figures

    def answer(self) -> str:
        return ANSWER.format(mark=MARK, sentence=self.vocabulary.sentence().lower())[:300]

    def names(self) -> str:
        """Other names, as many as pages of the starter library have."""
        made = (f"{self.vocabulary.rare()} {self.vocabulary.some(1)[0]}" for _ in range(9))
        return "\n".join(list(made)[: self.random.randint(0, 4)])

    def signs(self) -> dict[str, str]:
        """A cause in the comparison table."""
        return {
            "feels": self.random.choice(_FEELS),
            "where": self.random.choice(_WHERE),
            "swelling": self.random.choice(_SWELLING),
            **{name: self._line() for name in ("worse", "eases", "how_soon")},
        }

    def body(self, page: Planned, near: Sequence[Planned]) -> list[dict[str, Any]]:
        """Raw blocks; text links to pages ``near``."""
        blocks = [self._block("key_facts", {"title": self._heading(), "facts": self._lines()})]
        if page.kind in ("cause", "look-alike", "exercise", "procedure"):
            blocks.insert(0, self._care_card())
        blocks += [self._prose(near) for _ in range(self.random.randint(3, 8))]
        if self.figures and self.random.random() < 0.3:
            figure = {"figure": self.random.choice(self.figures), "caption": self._line()}
            blocks.insert(2, _block(self.random, "figure", figure))
        steps = {"title": self._heading(), "figure": "", "steps": self._lines()}
        lists = {"title": self._heading(), "do": self._lines(), "dont": self._lines()}
        blocks.append(self._block("steps", steps) if page.kind == "exercise" else
                      self._block("do_dont", lists))  # fmt: skip
        blocks.append(self._evidence())
        return blocks

    def _care_card(self) -> dict[str, Any]:
        text = self.vocabulary.paragraph(2)
        return self._block("care_card", {"level": "soon", "title": self._heading(), "text": text})

    def _evidence(self) -> dict[str, Any]:
        text = self.vocabulary.paragraph(3)
        return self._block("evidence", {"title": "", "strength": "low", "text": text})

    def _prose(self, near: Sequence[Planned]) -> dict[str, Any]:
        other = self.random.choice(near)
        link = f'<p>{self.vocabulary.sentence()} <a linktype="page" id="{other.pk}">{other.title}</a></p>'  # noqa: E501
        text = self.vocabulary.paragraph(self.random.randint(2, 6)) + link
        return self._block("prose", {"heading": self._heading(), "smaller": False, "text": text})

    def _block(self, kind: str, value: dict[str, Any]) -> dict[str, Any]:
        cited = self.random.sample(self.sources, k=min(2, len(self.sources)))
        return _block(self.random, kind, {**value, "sources": cited})

    def _heading(self) -> str:
        return " ".join(self.vocabulary.some(3)).capitalize()

    def _line(self) -> str:
        return " ".join(self.vocabulary.some(5)).capitalize()

    def _lines(self) -> list[str]:
        return [f"<p>{self.vocabulary.sentence()}</p>" for _ in range(3)]


def _block(random: Random, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": made_up_id(random)}


def made_up_id(random: Random) -> str:
    """A key as Wagtail gives, but the same for the same seed."""
    return str(uuid.UUID(int=random.getrandbits(128), version=4))

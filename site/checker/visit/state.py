"""A visit: the release a visitor is on, and the answers that still mean something on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from checker.engine import Level, Question, Ruleset, advise, next_question, path
from checker.releases import LiveRelease, release_by_number
from checker.visit.cookie import Kept, read_answers


@dataclass
class Visit:
    """State is found by replaying the answers, never stored.

    ``updated`` says that a new release went live after the answers were given. ``begun`` is false
    where the browser sent no answers at all.
    """

    release: LiveRelease
    answers: dict[str, str]
    updated: bool = False
    begun: bool = False

    @property
    def name(self) -> str:
        return self.release.checker

    @property
    def ruleset(self) -> Ruleset:
        return self.release.ruleset

    def url(self, view: str, *args: str) -> str:
        return reverse(f"checker:{view}", args=[self.name, *args])

    def due(self) -> Question | None:
        return next_question(self.ruleset, self.answers)

    def asked(self) -> list[str]:
        return [question.key for question in path(self.ruleset, self.answers)]

    @property
    def is_emergency(self) -> bool:
        return self.due() is None and self._level() is Level.EMERGENCY

    def _level(self) -> Level:
        return advise(self.ruleset, self.answers).level

    def next_url(self) -> str:
        """The question to ask now, or where a finished visit goes: in an emergency, no detour."""
        question = self.due()
        if question is not None:
            return self.url("question", question.key)
        return self.url("result" if self._level() is Level.EMERGENCY else "answers")


def visit_of(request: HttpRequest, release: LiveRelease) -> Visit:
    """The visit that this browser is on. Raises AnswersLost as the cookie does."""
    kept = read_answers(request, release.checker)
    updated = bool(kept.answers) and kept.release != release.number
    answers = _carried(release, kept) if updated else _known(release.ruleset, kept.answers)
    return Visit(release, answers, updated, begun=bool(kept.answers))


def _known(ruleset: Ruleset, answers: Mapping[str, str]) -> dict[str, str]:
    questions = ruleset.question_by_key
    return {
        key: option
        for key, option in answers.items()
        if key in questions and option in questions[key].option_keys
    }


def _carried(release: LiveRelease, kept: Kept) -> dict[str, str]:
    """Answers given on another release count only where question and answer read the same now."""
    known = _known(release.ruleset, kept.answers)
    old = release_by_number(release.checker, kept.release)
    if old is None:
        return {}
    return {
        key: option
        for key, option in known.items()
        if same_question(old.ruleset, release.ruleset, key)
    }


def same_question(old: Ruleset, new: Ruleset, key: str) -> bool:
    """Nothing that the visitor read before answering has changed."""
    before, now = old.question_by_key.get(key), new.question_by_key.get(key)
    return before is not None and now is not None and _read(before) == _read(now)


def _read(question: Question) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    options = tuple((option.key, option.text) for option in question.options)
    return question.text, question.hint, options

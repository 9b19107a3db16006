"""Which question comes next. The state of a visit is found by replaying its answers.

A question is asked when its `ask_if` holds and its answer could still change the advice:
- a rule that hangs on it, not contradicted yet, lies above the highest rule that has fired, or
- a sign on it could still change how well a cause fits, or the order of the fits.
Rules and signs hang on a question directly, or because they use a question asked only if … .
After an emergency rule has fired nothing more is asked.

Both tests only ever turn from yes to no as answers come in. So leaving a question out never
changes the level: it is the level that a full answer sheet would give (proved in the tests).
"""

from __future__ import annotations

from collections.abc import Callable

from .fit import Bounds
from .model import Answers, Level, Question, Ruleset, known
from .plan import plan_of

Respond = Callable[[Question], str | None]


class Replay:
    """Walks the questions in order. Answers to questions that are not asked do not count."""

    def __init__(self, ruleset: Ruleset, respond: Respond) -> None:
        self.ruleset, self.plan = ruleset, plan_of(ruleset)
        self.answers: dict[str, str] = {}
        self.waiting_for: Question | None = None
        self.reached: Level | None = None
        self._unmet = [len(rule.when) for rule in ruleset.rules]
        self._possible = list(self.plan.can_fire)
        self._done: set[str] = set()
        self._bounds = Bounds(len(ruleset.causes))
        for question in ruleset.questions:
            self._widen(question.key, 1)
        self._walk(respond)

    @property
    def questions(self) -> list[Question]:
        return [self.ruleset.question_by_key[key] for key in self.answers]

    def _walk(self, respond: Respond) -> None:
        for question in self.ruleset.asking_order:
            if self.reached == Level.EMERGENCY:
                return
            if question.key in self._done:
                continue
            if not self._asked(question):
                self._close(question.key)
                continue
            option = respond(question)
            if option is None:
                self.waiting_for = question
                return
            self._answer(question.key, option)

    def _asked(self, question: Question) -> bool:
        if not all(condition.holds(self.answers) for condition in question.ask_if):
            return False
        return self._decides(question.key) or any(
            self._bounds.open_for(cause) for cause in self.plan.causes_via[question.key]
        )

    def _decides(self, key: str) -> bool:
        rules = self.ruleset.rules
        return any(
            self._possible[number] and (self.reached is None or rules[number].level > self.reached)
            for number in self.plan.rules_via[key]
        )

    def _answer(self, key: str, option: str) -> None:
        self.answers[key] = option
        self._done.add(key)
        self._widen(key, -1)
        for cause, weight in self.plan.weights[key].get(option, {}).items():
            self._bounds.low[cause] += weight
            self._bounds.high[cause] += weight
        self._settle(key, option)
        for child in self.plan.children.get(key, ()):
            conditions = self.ruleset.question_by_key[child].ask_if
            if any(c.question == key and option not in c.options for c in conditions):
                self._close(child)

    def _settle(self, key: str, option: str) -> None:
        for number in self.plan.rules_on.get(key, ()):
            rule = self.ruleset.rules[number]
            if not all(c.holds(self.answers) for c in rule.when if c.question == key):
                self._possible[number] = False
                continue
            self._unmet[number] -= 1
            if self._unmet[number] == 0 and self._possible[number]:
                self.reached = max(rule.level, self.reached or Level.SELF_CARE)

    def _close(self, key: str) -> None:
        """This question will not be asked, nor anything that is asked because of its answer."""
        if key in self._done:
            return
        self._done.add(key)
        self._widen(key, -1)
        for number in self.plan.rules_on.get(key, ()):
            self._possible[number] = False
        for child in self.plan.children.get(key, ()):
            self._close(child)

    def _widen(self, key: str, sign: int) -> None:
        for span in self.plan.spans[key]:
            self._bounds.low[span.cause] += sign * span.low
            self._bounds.high[span.cause] += sign * span.high


def replay(ruleset: Ruleset, answers: Answers) -> Replay:
    """The visit so far; raises UnknownAnswer even for an answer that would not count."""
    known(ruleset, answers)
    return Replay(ruleset, lambda question: answers.get(question.key))


def next_question(ruleset: Ruleset, answers: Answers) -> Question | None:
    """The question to ask now, or None when the advice is settled."""
    return replay(ruleset, answers).waiting_for


def path(ruleset: Ruleset, answers: Answers) -> list[Question]:
    """The questions that were asked and answered, in order (without the one to ask now)."""
    return replay(ruleset, answers).questions

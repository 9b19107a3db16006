"""How long proof and gate take on a checker larger than any we expect.

Run it with `python -m checker.engine.bench`.
"""

from __future__ import annotations

import random
import time

from .gate import gate, proved
from .model import (
    NOT_SURE,
    Case,
    Cause,
    Condition,
    Level,
    Option,
    Question,
    Rule,
    Ruleset,
    Sign,
)

LETTERS = ("no", NOT_SURE, "slight", "clear")


def large_ruleset(questions: int = 40, rules: int = 60, cases: int = 120) -> Ruleset:
    """A made-up checker of the usual shape: upward rules, and self-care that needs many a "no"."""
    draw = random.Random(7)  # noqa: S311 - always the same ruleset
    asked = tuple(_question(number, draw) for number in range(questions))
    keys = [question.key for question in asked]
    causes = tuple(Cause(f"cause{n}", f"Cause {n}", f"cause-{n}", n > 4) for n in range(13))
    return Ruleset(
        title="Benchmark",
        questions=asked,
        rules=tuple(_rule(number, keys, draw) for number in range(rules)),
        causes=causes,
        signs=tuple(_sign(number, keys, draw) for number in range(100)),
        cases=tuple(_case(number, keys, draw) for number in range(cases)),
    )


def _question(number: int, draw: random.Random) -> Question:
    ask_if: tuple[Condition, ...] = ()
    if number > 10 and draw.random() < 0.4:
        ask_if = (Condition(f"q{draw.randrange(6, number)}", ("slight", "clear")),)
    return Question(
        key=f"q{number}",
        text=f"Is it {number}?",
        options=tuple(Option(key, key, key) for key in LETTERS),
        kind="emergency" if number < 6 else "detail",
        ask_if=ask_if,
    )


def _rule(number: int, keys: list[str], draw: random.Random) -> Rule:
    if number < 6:
        when: tuple[Condition, ...] = (Condition(keys[number], ("clear",)),)
        return Rule(f"r{number}", Level.EMERGENCY, when, "because", "card", (), ("EXPERT",))
    if number > 55:
        calm = draw.sample(keys, 20)
        when = tuple(Condition(key, ("no", NOT_SURE)) for key in calm)
        return Rule(f"r{number}", Level.SELF_CARE, when, "because", "card", (), ("EXPERT",))
    level = Level.URGENT if number < 35 else Level.SOON
    some = draw.sample(keys, draw.randint(1, 3))
    when = tuple(Condition(key, LETTERS[draw.randint(1, 3) :]) for key in some)
    return Rule(f"r{number}", level, when, "because", "card", (), ("EXPERT",))


def _sign(number: int, keys: list[str], draw: random.Random) -> Sign:
    options = LETTERS[draw.randint(2, 3) :]
    return Sign(f"cause{number % 13}", draw.choice(keys), options, draw.choice((-1, 1, 2, 3)), "…")


def _case(number: int, keys: list[str], draw: random.Random) -> Case:
    answers = tuple((key, draw.choices(LETTERS, (8, 1, 1, 1))[0]) for key in keys)
    return Case(f"case{number}", "…", answers, Level.SOON)


def bench() -> dict[str, float]:
    """Seconds for the proof alone and for the whole gate, on 40 questions, 60 rules, 120 cases."""
    times = {}
    ruleset = large_ruleset()
    start = time.perf_counter()
    list(proved(ruleset))
    times["proof"] = time.perf_counter() - start
    ruleset = large_ruleset()
    start = time.perf_counter()
    gate(ruleset, prevalences={}, live=large_ruleset())
    times["gate"] = time.perf_counter() - start
    return times


if __name__ == "__main__":
    for name, seconds in bench().items():
        print(f"{name}: {seconds:.2f} s")

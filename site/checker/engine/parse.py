"""From the four files of a checker to a Ruleset. A file that is wrong anywhere gives no ruleset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .model import KINDS, NOT_SURE, Case, Cause, Level, Option, Question, Rule, Ruleset, Sign
from .reading import Problem, RulesError, Table

Document = Mapping[str, object]


def parse(questions: Document, rules: Document, signs: Document, cases: Document) -> Ruleset:
    """Build the ruleset from already-read TOML or JSON; raise RulesError naming every problem."""
    problems: list[Problem] = []
    head = Table("questions", "", questions, "title question", problems)
    sign_file = Table("signs", "", signs, "cause sign", problems)
    ruleset = Ruleset(
        title=head.text("title"),
        questions=tuple(_question(t) for t in head.tables("question", QUESTION)),
        rules=tuple(
            _rule(t) for t in Table("rules", "", rules, "rule", problems).tables("rule", RULE)
        ),
        causes=tuple(_cause(t) for t in sign_file.tables("cause", CAUSE, required=False)),
        signs=tuple(_sign(t) for t in sign_file.tables("sign", SIGN, required=False)),
        cases=_cases(cases, problems),
    )
    problems += _repeated(ruleset)
    problems += _loose_ends(ruleset)
    if problems:
        raise RulesError(problems)
    return ruleset


def parse_cases(document: Document, ruleset: Ruleset) -> tuple[Case, ...]:
    """Read a file of cases that is kept apart from the ruleset it is meant for."""
    problems: list[Problem] = []
    cases = _cases(document, problems)
    problems += _twice("cases", (case.key for case in cases))
    for case in cases:
        problems += _case_ends(ruleset, case)
    if problems:
        raise RulesError(problems)
    return cases


QUESTION = "key text hint why kind scale ask_if option"
OPTION = "key text said"
RULE = "key level when because card about sources"
CAUSE = "key name page lookalike"
SIGN = "cause question options weight phrase sources"
CASE = "key text answers level accept causes"


def _question(table: Table) -> Question:
    kind = table.text("kind", required=False) or "detail"
    if kind not in KINDS:
        table.wrong(f"'kind' must be one of {', '.join(KINDS)}, not '{kind}'")
    question = Question(
        key=table.text("key"),
        text=table.text("text"),
        options=tuple(_option(option) for option in table.tables("option", OPTION)),
        hint=table.text("hint", required=False),
        why=table.text("why", required=False),
        kind=kind,
        scale=table.flag("scale", True),
        ask_if=table.conditions("ask_if"),
    )
    _check_options(table, question)
    return question


def _check_options(table: Table, question: Question) -> None:
    keys = Counter(question.option_keys)
    for key, times in keys.items():
        if times > 1:
            table.wrong(f"has the option '{key}' {times} times")
    if NOT_SURE not in keys:
        table.wrong(f"has no option '{NOT_SURE}': nobody may be forced to guess")
    if len(keys) < 2:
        table.wrong("needs at least two options")


def _option(table: Table) -> Option:
    return Option(table.text("key"), table.text("text"), table.text("said", required=False))


def _level(table: Table, name: str, key: str) -> Level:
    try:
        return Level.from_key(key)
    except ValueError:
        levels = ", ".join(level.key for level in Level)
        table.wrong(f"'{name}' must be one of {levels}, not '{key}'")
        return Level.EMERGENCY


def _rule(table: Table) -> Rule:
    rule = Rule(
        key=table.text("key"),
        level=_level(table, "level", table.text("level")),
        when=table.conditions("when"),
        because=table.text("because"),
        card=table.text("card", required=False),
        about=table.texts("about"),
        sources=table.texts("sources"),
    )
    if not rule.when:
        table.wrong("has no condition in 'when', so it would fire for everybody")
    return rule


def _cause(table: Table) -> Cause:
    return Cause(
        table.text("key"), table.text("name"), table.text("page"), table.flag("lookalike", False)
    )


def _sign(table: Table) -> Sign:
    return Sign(
        cause=table.text("cause"),
        question=table.text("question"),
        options=table.texts("options", required=True),
        weight=table.weight("weight"),
        phrase=table.text("phrase"),
        sources=table.texts("sources"),
    )


def _cases(document: Document, problems: list[Problem]) -> tuple[Case, ...]:
    file = Table("cases", "", document, "case", problems)
    return tuple(_case(table) for table in file.tables("case", CASE, required=False))


def _case(table: Table) -> Case:
    answers = []
    for question, option in table.pairs("answers"):
        if not isinstance(option, str):
            table.wrong(f"the answer to '{question}' must be one option, as text")
            continue
        answers.append((question, option))
    return Case(
        key=table.text("key"),
        text=table.text("text"),
        answers=tuple(answers),
        level=_level(table, "level", table.text("level")),
        accept=tuple(_level(table, "accept", key) for key in table.texts("accept")),
        causes=table.texts("causes"),
    )


def _repeated(ruleset: Ruleset) -> Iterable[Problem]:
    yield from _twice("questions", (q.key for q in ruleset.questions))
    yield from _twice("rules", (r.key for r in ruleset.rules))
    yield from _twice("signs", (c.key for c in ruleset.causes))
    yield from _twice("signs", (s.key for s in ruleset.signs))
    yield from _twice("cases", (c.key for c in ruleset.cases))


def _twice(kind: str, keys: Iterable[str]) -> Iterable[Problem]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(kind, key, f"is there {times} times")


def _loose_ends(ruleset: Ruleset) -> Iterable[Problem]:
    yield from _asking_order(ruleset)
    for rule in ruleset.rules:
        for condition in rule.when:
            yield from _ends(ruleset, "rules", rule.key, condition.question, condition.options)
        for cause in rule.about:
            yield from _cause_end(ruleset, "rules", rule.key, cause)
    for sign in ruleset.signs:
        yield from _ends(ruleset, "signs", sign.key, sign.question, sign.options)
        yield from _cause_end(ruleset, "signs", sign.key, sign.cause)
    for case in ruleset.cases:
        yield from _case_ends(ruleset, case)


def _asking_order(ruleset: Ruleset) -> Iterable[Problem]:
    """A question may depend only on what has been asked before it."""
    asked: set[str] = set()
    for question in ruleset.asking_order:
        for condition in question.ask_if:
            parent = condition.question
            yield from _ends(ruleset, "questions", question.key, parent, condition.options)
            if parent in ruleset.question_by_key and parent not in asked:
                reason = f"depends on '{parent}', which is not asked before it"
                yield Problem("questions", question.key, reason)
        asked.add(question.key)


def _case_ends(ruleset: Ruleset, case: Case) -> Iterable[Problem]:
    for question, option in case.answers:
        yield from _ends(ruleset, "cases", case.key, question, (option,))
    for cause in case.causes:
        yield from _cause_end(ruleset, "cases", case.key, cause)


def _ends(
    ruleset: Ruleset, kind: str, key: str, question: str, options: Iterable[str]
) -> Iterable[Problem]:
    found = ruleset.question_by_key.get(question)
    if found is None:
        yield Problem(kind, key, f"there is no question '{question}'")
        return
    for option in options:
        if option not in found.option_keys:
            yield Problem(kind, key, f"question '{question}' has no option '{option}'")


def _cause_end(ruleset: Ruleset, kind: str, key: str, cause: str) -> Iterable[Problem]:
    if cause and cause not in ruleset.cause_by_key:
        yield Problem(kind, key, f"there is no cause '{cause}'")

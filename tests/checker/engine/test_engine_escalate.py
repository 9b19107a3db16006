"""Get help sooner if …: exactly the changes of one answer that raise the level."""

from hypothesis import given
from hypothesis import strategies as st
from ruleset_factory import calm, good, sheets, small_rulesets, thorough

from checker.engine import Level, Ruleset, advise, escalators, path


def brute_force(ruleset: Ruleset, sheet: dict[str, str]) -> set[tuple[str, str, Level]]:
    """Try every other answer to every question that was asked; nothing else is known."""
    counted = {question.key: sheet[question.key] for question in path(ruleset, sheet)}
    now = advise(ruleset, sheet).level
    found = set()
    for key in counted:
        for option in ruleset.question_by_key[key].option_keys:
            changed = counted | {key: option}
            shown: dict[str, str] = {}
            for question in ruleset.asking_order:
                holds = all(shown.get(c.question) in c.options for c in question.ask_if)
                if holds and question.key in changed:
                    shown[question.key] = changed[question.key]
            fired = [
                rule.level
                for rule in ruleset.rules
                if all(shown.get(c.question) in c.options for c in rule.when)
            ]
            level = max(fired, default=Level.SOON)
            if level > now:
                found.add((key, option, level))
    return found


@thorough
@given(small_rulesets(), st.data())
def test_escalators_equal_brute_force(ruleset: Ruleset, data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(list(sheets(ruleset))))
    found = escalators(ruleset, sheet)
    assert {(e.question.key, e.option.key, e.level) for e in found} == brute_force(ruleset, sheet)
    assert len({(e.question.key, e.option.key) for e in found}) == len(found)


def test_most_urgent_first() -> None:
    found = escalators(good(), calm(swelling="no", age="young", desk="no"))
    told = [(e.question.key, e.option.key, e.level.key) for e in found]
    assert told == [
        ("breathless", "yes", "emergency"),
        ("breathless", "not-sure", "urgent"),
        ("swelling", "clear", "urgent"),
        ("swelling", "not-sure", "soon"),
        ("swelling", "slight", "soon"),
        ("age", "old", "soon"),
        ("age", "not-sure", "soon"),
    ]


def test_an_emergency_cannot_get_more_urgent() -> None:
    assert escalators(good(), {"breathless": "yes"}) == ()


def test_an_answer_that_does_not_count_raises_nothing() -> None:
    """A ghost answer "tender" must not turn "slight swelling" into an urgent change."""
    answers = calm(swelling="no", age="old", desk="no", tender="yes")
    assert ("swelling", "slight") not in {
        (e.question.key, e.option.key) for e in escalators(good(), answers)
    }

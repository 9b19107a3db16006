"""Files become a ruleset, or a list of everything that is wrong with them."""

from typing import Any

import pytest
from hypothesis import given
from ruleset_factory import documents, good, small_rulesets, thorough

from checker.engine import Level, RulesError, Ruleset, dump, parse, parse_cases


@thorough
@given(small_rulesets())
def test_what_is_dumped_reads_back_the_same(ruleset: Ruleset) -> None:
    assert parse(**dump(ruleset)) == ruleset


def test_dump_of_parsed_files_keeps_every_word() -> None:
    files = documents()
    again = dump(parse(**files))
    assert again["rules"] == files["rules"] | {
        "rule": [entry | {"about": []} for entry in files["rules"]["rule"]]
    }
    assert again["cases"] == files["cases"]


def test_file_order_is_kept_but_emergency_questions_are_asked_first() -> None:
    files = documents()
    files["questions"]["question"].reverse()
    files["questions"]["question"][0], files["questions"]["question"][1] = (
        files["questions"]["question"][1],
        files["questions"]["question"][0],
    )
    tender = next(q for q in files["questions"]["question"] if q["key"] == "tender")
    del tender["ask_if"]
    ruleset = parse(**files)
    assert ruleset.questions[-1].key == "breathless"
    assert ruleset.asking_order[0].key == "breathless"


def test_levels_are_ordered_and_named() -> None:
    assert [level.key for level in sorted(Level)] == ["self_care", "soon", "urgent", "emergency"]
    with pytest.raises(ValueError, match="panic"):
        Level.from_key("panic")


def rules_of(files: dict[str, Any]) -> dict[str, Any]:
    return files["rules"]["rule"][0]


def question_of(files: dict[str, Any]) -> dict[str, Any]:
    return files["questions"]["question"][1]


def sign_of(files: dict[str, Any]) -> dict[str, Any]:
    return files["signs"]["sign"][0]


def case_of(files: dict[str, Any]) -> dict[str, Any]:
    return files["cases"]["case"][2]


BAD: list[tuple[Any, str]] = [
    (lambda f: rules_of(f).update(level="panic"), "rules: 'lung': 'level' must be one of"),
    (lambda f: rules_of(f).update(when={}), "rules: 'lung': has no condition"),
    (lambda f: rules_of(f).update(when=["breathless"]), "'when' must be a table"),
    (lambda f: rules_of(f)["when"].update(breathless="yes"), "must be a list of texts"),
    (lambda f: rules_of(f)["when"].update(breathless=[]), "names no option"),
    (lambda f: rules_of(f)["when"].update(breathless=["maybe"]), "has no option 'maybe'"),
    (lambda f: rules_of(f)["when"].update(braethless=["yes"]), "no question 'braethless'"),
    (lambda f: rules_of(f).update(about=["gout"]), "rules: 'lung': there is no cause 'gout'"),
    (lambda f: rules_of(f).update(becuase="x"), "an entry 'becuase' that nothing reads"),
    (lambda f: rules_of(f).pop("because"), "rules: 'lung': needs 'because'"),
    (lambda f: f["rules"]["rule"].append(rules_of(f)), "rules: 'lung': is there 2 times"),
    (lambda f: rules_of(f).update(sources=["A", "A"]), "names something twice"),
    (lambda f: question_of(f)["option"].pop(1), "questions: 'swelling': has no option 'not-sure'"),
    (lambda f: question_of(f)["option"].append({"key": "no", "text": "No"}), "'no' 2 times"),
    (lambda f: question_of(f).update(option=[]), "at least two options"),
    (lambda f: question_of(f).update(kind="trivia"), "'kind' must be one of"),
    (lambda f: question_of(f).update(scale="yes"), "'scale' must be true or false"),
    (lambda f: question_of(f).update(text=7), "'text' must be text"),
    (
        lambda f: question_of(f).update(ask_if={"desk": ["yes"]}),
        "which is not asked before",
    ),
    (lambda f: question_of(f).update(ask_if={"swelling": ["no"]}), "which is not asked before it"),
    (lambda f: f["questions"]["question"].append("desk"), "is not a table"),
    (lambda f: f["questions"].update(question="desk"), "'question' must be a list of tables"),
    (lambda f: f["questions"].pop("title"), "needs 'title'"),
    (lambda f: f["rules"].clear(), "has no [[rule]]"),
    (lambda f: sign_of(f).update(weight=0), "a whole number from 1 to 3"),
    (lambda f: sign_of(f).update(weight=True), "a whole number from 1 to 3"),
    (lambda f: sign_of(f).update(cause="gout"), "there is no cause 'gout'"),
    (lambda f: sign_of(f).update(options=[]), "at least one entry in 'options'"),
    (
        lambda f: case_of(f)["answers"].update(swelling="huge"),
        "cases: 'clear': question",
    ),
    (lambda f: case_of(f)["answers"].update(swelling=["clear"]), "must be one option, as text"),
    (lambda f: case_of(f).update(accept=["never"]), "'accept' must be one of"),
    (lambda f: case_of(f).update(causes=["gout"]), "cases: 'clear': there is no cause 'gout'"),
]


@pytest.mark.parametrize(("change", "words"), BAD, ids=[words for _, words in BAD])
def test_a_wrong_file_is_refused_in_plain_words(change: Any, words: str) -> None:
    files = documents()
    change(files)
    with pytest.raises(RulesError) as error:
        parse(**files)
    assert words in str(error.value)


def test_every_problem_is_listed_not_only_the_first() -> None:
    files = documents()
    rules_of(files)["level"] = "panic"
    question_of(files)["kind"] = "trivia"
    sign_of(files)["cause"] = "gout"
    case_of(files)["level"] = "fine"
    with pytest.raises(RulesError) as error:
        parse(**files)
    assert {problem.kind for problem in error.value.problems} == {
        "questions",
        "rules",
        "signs",
        "cases",
    }


def test_cases_kept_apart_are_read_against_a_ruleset() -> None:
    ruleset = good()
    apart = {"case": [{"key": "a", "text": "…", "answers": {"desk": "yes"}, "level": "soon"}]}
    assert parse_cases(apart, ruleset)[0].answers == (("desk", "yes"),)
    apart["case"][0]["answers"] = {"desk": "often"}
    apart["case"].append(apart["case"][0])
    with pytest.raises(RulesError) as error:
        parse_cases(apart, ruleset)
    assert "no option 'often'" in str(error.value)
    assert "is there 2 times" in str(error.value)

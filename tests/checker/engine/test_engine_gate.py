"""Each finding of the gate is brought about by one bad change, and absent on the good ruleset."""

from typing import Any

import pytest
from ruleset_factory import broken, calm, case, documents, good, question, rule

from checker.engine import Level, gate, gate_files
from checker.engine.bench import bench, large_ruleset
from checker.engine.gate import proved


def test_the_good_ruleset_passes() -> None:
    report = gate(good(), prevalences={"breathless": {"yes": 0.03}}, live=good())
    assert report.findings == ()
    assert report.green
    assert report.numbers["caught"] + report.numbers["equivalent"] == report.numbers["mutations"]
    assert report.numbers["exact"] == report.numbers["cases"] == len(good().cases)
    assert report.crowd is not None
    assert report.diff is not None
    assert not report.diff.lowered
    assert report.guards["lung"]


def questions(files: Any) -> Any:
    return files["questions"]["question"]


def rules(files: Any) -> Any:
    return files["rules"]["rule"]


def many_questions(files: Any) -> None:
    extra = [question(f"extra{n}") for n in range(16)]
    questions(files).extend(extra)
    rules(files).extend(rule(f"x{n}", "urgent", {f"extra{n}": "yes"}) for n in range(16))


def late_emergency(files: Any) -> None:
    many_questions(files)
    rules(files).append(rule("late", "emergency", {"extra9": "not-sure"}))


BAD: list[tuple[Any, str, tuple[str, str], str]] = [
    (lambda f: questions(f)[4].update(text="Do you sit"), "wording", ("question", "desk"), "mark"),
    (
        lambda f: questions(f)[4].update(text="Do you sit? Or stand?"),
        "wording",
        ("question", "desk"),
        "one question mark",
    ),
    (
        lambda f: questions(f)[4].update(text="Do you sit a lot, and do you stand a lot?"),
        "wording",
        ("question", "desk"),
        "two things",
    ),
    (
        lambda f: questions(f)[4].update(text=f"Do you {'really ' * 20}sit?"),
        "wording",
        ("question", "desk"),
        "at most 120",
    ),
    (
        lambda f: questions(f)[3]["option"].extend(
            {"key": f"o{n}", "text": f"{n}", "said": f"{n}"} for n in range(2)
        ),
        "wording",
        ("question", "age"),
        "6 options",
    ),
    (
        lambda f: questions(f)[4]["option"][0].pop("said"),
        "wording",
        ("question", "desk"),
        "repeats the answer 'No'",
    ),
    (lambda f: rules(f)[2].pop("card"), "wording", ("rule", "clot"), "care cards"),
    (lambda f: rules(f)[2].pop("sources"), "sources", ("rule", "clot"), "no source"),
    (
        lambda f: f["signs"]["sign"][0].pop("sources"),
        "sources",
        ("sign", "clot/swelling/slight+clear"),
        "no source",
    ),
    (
        lambda f: rules(f)[2]["when"].update(swelling=["slight"]),
        "monotone",
        ("question", "swelling"),
        "'Clear' can be safer than 'Slight'",
    ),
    (
        lambda f: rules(f)[5]["when"].update(desk=["not-sure"]),
        "not-sure",
        ("question", "desk"),
        "'Not-Sure' can be safer than 'No'",
    ),
    (
        lambda f: rules(f).append(rule("never", "urgent", {"swelling": "no", "tender": "yes"})),
        "reachable",
        ("rule", "never"),
        "never fire",
    ),
    (
        lambda f: rules(f).append(rule("again", "urgent", {"swelling": "clear", "desk": "yes"})),
        "shadowed",
        ("rule", "again"),
        "never counts",
    ),
    (
        lambda f: questions(f).append(question("idle")),
        "reachable",
        ("question", "idle"),
        "nobody who is asked",
    ),
    (
        lambda f: questions(f)[4]["option"].insert(
            2, {"key": "rarely", "text": "Rarely", "said": "Rarely."}
        ),
        "reachable",
        ("question", "desk"),
        "'Rarely' changes nothing",
    ),
    (lambda f: rules(f).pop(5), "reachable", ("ruleset", "self_care"), "'self-care'"),
    (many_questions, "length", ("ruleset", "longest"), "21 questions"),
    (many_questions, "length", ("ruleset", "median"), "middle case"),
    (late_emergency, "length", ("rule", "late"), "before this emergency"),
    (lambda f: f["cases"].update(case=[]), "cases", ("ruleset", "cases"), "No case"),
    (
        lambda f: f["cases"]["case"].append(case("x", "emergency", calm(swelling="clear"))),
        "cases",
        ("case", "x"),
        "under-triaged",
    ),
    (
        lambda f: f["cases"]["case"].append(case("x", "self_care", calm(swelling="clear"))),
        "cases",
        ("case", "x"),
        "over-triaged",
    ),
    (
        lambda f: f["cases"]["case"][2].update(causes=["posture"]),
        "causes",
        ("case", "clear"),
        "Right would be posture",
    ),
    (lambda f: f["cases"]["case"].pop(3), "guarded", ("rule", "tender-swelling"), "No case checks"),
]


@pytest.mark.parametrize(
    ("change", "check", "where", "words"), BAD, ids=[f"{b[1]}-{b[3]}" for b in BAD]
)
def test_a_bad_change_is_found(change: Any, check: str, where: tuple[str, str], words: str) -> None:
    found = [f for f in gate(broken(change)).findings if (f.check, f.where) == (check, where)]
    assert found
    assert any(words in finding.message for finding in found)


def test_an_example_tells_who_is_concerned() -> None:
    ruleset = broken(lambda f: f["cases"]["case"].pop(3))
    messages = [f.message for f in gate(ruleset).findings]
    assert any(
        "somebody who answers" in m and "'Slight' to 'Do you have swell" in m for m in messages
    )


def test_a_wrong_cause_warns_but_a_wrong_level_stops_the_release() -> None:
    wrong_cause = broken(lambda f: f["cases"]["case"][2].update(causes=["posture"]))
    assert gate(wrong_cause).green
    wrong_level = broken(lambda f: f["cases"]["case"][2].update(level="soon"))
    assert not gate(wrong_level).green


def test_a_crowd_of_whom_too_many_go_to_hospital_is_found() -> None:
    found = gate(good(), prevalences={"breathless": {"yes": 0.2}}).findings
    assert [finding.check for finding in found] == ["crowd"]


def test_unfit_prevalences_are_a_finding() -> None:
    report = gate(good(), prevalences={"gout": {"yes": 0.2}})
    assert [f.where for f in report.findings] == [("crowd", "gout")]
    assert report.crowd is None


def test_files_that_are_not_whole_are_findings_not_a_traceback() -> None:
    files: Any = documents()
    rules(files)[0]["when"] = {"braethless": ["yes"]}
    report = gate_files(**files)
    assert [(f.check, f.where) for f in report.findings] == [("references", ("rule", "lung"))]
    assert not report.green
    whole: Any = documents()
    assert gate_files(**whole).green


def test_progress_names_its_steps() -> None:
    told: list[tuple[str, int, int]] = []
    gate(good(), progress=lambda step, done, of: told.append((step, done, of)))
    assert {step for step, _, _ in told} == {"proof", "cases", "mutations"}
    assert told[-1] == ("mutations", 6, 6)


def test_the_benchmark_runs_on_a_ruleset_of_the_promised_size() -> None:
    ruleset = large_ruleset()
    assert (len(ruleset.questions), len(ruleset.rules), len(ruleset.cases)) == (40, 60, 120)
    assert {rule.level for rule in ruleset.rules} == set(Level)
    assert list(proved(ruleset))
    assert set(bench()) == {"proof", "gate"}

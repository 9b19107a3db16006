"""Every hazard in the log has guards, and every guard that it names is there.

Also the other way round: no rule that sends people to a clinician today or at once is without a
hazard that says what it is for. Only files are read; nothing is run.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "content" / "checkers" / "back-and-calf"
GATE = ("checker/gate.py", "checker/engine/gate.py", "checker/engine/wording.py")
WORDS = ("id", "hazard", "cause", "harm", "residual")
CHOICES = {
    "severity": ("catastrophic", "critical", "serious", "moderate"),
    "status": ("guarded", "open"),
}
GUARDS = ("rules", "cases", "tests", "gate")
LEAST = 25

Row = dict[str, Any]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def rules() -> dict[str, str]:
    return {rule["key"]: rule["level"] for rule in read(CHECKER / "rules.toml")["rule"]}


@cache
def cases() -> frozenset[str]:
    return frozenset(case["key"] for case in read(CHECKER / "cases.toml")["case"])


@cache
def gate_checks() -> frozenset[str]:
    """Names of the gate's checks, as they stand in its findings."""
    text = "\n".join((ROOT / "site" / file).read_text(encoding="utf-8") for file in GATE)
    return frozenset(re.findall(r'(?:Finding\(|_lowered\(ruleset,)\s*"([\w-]+)"', text))


@cache
def names_in(file: str) -> frozenset[str]:
    """Tests of one file: functions, and methods as Class::function."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    return frozenset(_names(ast.parse(path.read_text(encoding="utf-8"))))


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield node.name
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test_"):
                    yield f"{node.name}::{inner.name}"


def _exists(test: str) -> bool:
    file, _, name = test.partition("::")
    return name in names_in(file)


def problems(row: Row) -> list[str]:
    """What is wrong with one hazard."""
    found = [f"{field} is missing" for field in WORDS if not str(row.get(field, "")).strip()]
    for field, choices in CHOICES.items():
        if row.get(field) not in choices:
            found.append(f"{field} is none of {', '.join(choices)}")
    strange = set(row) - {*WORDS, *CHOICES, *GUARDS}
    found += [f"unknown field {field}" for field in sorted(strange)]
    if not row.get("tests"):
        found.append("no test guards it")
    found += [f"no rule {key}" for key in row.get("rules", ()) if key not in rules()]
    found += [f"no case {key}" for key in row.get("cases", ()) if key not in cases()]
    found += [f"no gate check {key}" for key in row.get("gate", ()) if key not in gate_checks()]
    return found + [f"no test {test}" for test in row.get("tests", ()) if not _exists(test)]


def hazards() -> list[Row]:
    rows: list[Row] = read(ROOT / "docs" / "safety" / "hazard-log.toml")["hazard"]
    return rows


@pytest.mark.parametrize("row", hazards(), ids=lambda row: str(row.get("id")))
def test_a_hazard_is_whole_and_its_guards_exist(row: Row) -> None:
    assert problems(row) == []


def unlisted(rows: list[Row]) -> list[str]:
    listed = {key for row in rows for key in row.get("rules", ())}
    return sorted(
        key
        for key, level in rules().items()
        if level in ("emergency", "urgent") and key not in listed
    )


def test_every_pressing_rule_guards_against_a_hazard() -> None:
    assert unlisted(hazards()) == []


def test_there_are_enough_hazards_each_with_its_own_id() -> None:
    keys = [row["id"] for row in hazards()]
    assert len(keys) >= LEAST
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("number", range(1, 11))
def test_each_of_the_ten_rules_is_a_hazard(number: int) -> None:
    titles = [row["hazard"] for row in hazards() if f"(ten rules, {number})" in row["hazard"]]
    assert len(titles) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"tests": []}, "no test guards it"),
        ({"tests": ["tests/docs/test_hazard_log.py::test_gone"]}, "no test tests/docs"),
        ({"tests": ["tests/docs/gone.py::test_gone"]}, "no test tests/docs"),
        ({"rules": ["gone"]}, "no rule gone"),
        ({"cases": ["gone"]}, "no case gone"),
        ({"gate": ["gone"]}, "no gate check gone"),
        ({"residual": " "}, "residual is missing"),
        ({"severity": "bad"}, "severity is none of"),
        ({"status": "done"}, "status is none of"),
        ({"rule": ["fever"]}, "unknown field rule"),
    ],
)
def test_a_spoilt_row_is_noticed(change: Row, problem: str) -> None:
    row = deepcopy(hazards()[0]) | change
    assert any(found.startswith(problem) for found in problems(row))


def test_a_pressing_rule_in_no_row_is_noticed() -> None:
    rows = [
        {**row, "rules": [r for r in row.get("rules", ()) if r != "fever"]} for row in hazards()
    ]
    assert unlisted(rows) == ["fever"]


def test_open_hazards_are_told_to_those_who_decide_on_use() -> None:
    """What a clinician has still to decide stands in the intended use, too."""
    text = (ROOT / "docs" / "safety" / "intended-use.md").read_text(encoding="utf-8")
    still_open = {row["id"] for row in hazards() if row["status"] == "open"}
    assert set(re.findall(r"\bH\d\d\b", text)) == still_open


@pytest.mark.parametrize("document", ["intended-use.md", "change-control.md"])
def test_links_lead_to_files(document: str) -> None:
    folder = ROOT / "docs" / "safety"
    text = (folder / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    assert links
    assert [link for link in links if not (folder / link).exists()] == []

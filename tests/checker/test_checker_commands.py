"""check_cases and checker_export: what comes out, what a bad file is told, and the exit code."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
RULES = ROOT / "content" / "checkers" / "back-and-calf"
GOOD = """
[[case]]
key = "short-of-breath"
text = "I cannot catch my breath."
answers = { breathing = "breathless" }
level = "emergency"
causes = []
"""


def wanted(level: str, key: str = "a", **more: Any) -> str:
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in more.items())
    return (
        f'[[case]]\nkey = "{key}"\ntext = "x"\nanswers = {{ breathing = "breathless" }}\n'
        f'level = "{level}"\n{lines}causes = []\n'
    )


def check(file: Path, *args: str) -> str:
    out = io.StringIO()
    call_command("check_cases", str(file), "--from", str(RULES), *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def cases(tmp_path: Path) -> Any:
    def write(text: str) -> Path:
        file = tmp_path / "cases.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_the_starter_cases_are_all_right() -> None:
    said = check(RULES / "cases.toml")
    assert "0 under-triaged, 0 over-triaged" in said


def test_json_has_exactly_the_agreed_shape(cases: Any) -> None:
    report = json.loads(check(cases(GOOD), "--json"))
    assert set(report) == {"totals", "cases"}
    assert report["totals"] == {
        "cases": 1,
        "exact": 1,
        "accepted": 0,
        "over": 0,
        "under": 0,
        "cause_ok": 1,
    }
    [case] = report["cases"]
    assert all(isinstance(key, str) for key in case.pop("causes"))
    assert case == {
        "key": "short-of-breath",
        "level": "emergency",
        "expected": "emergency",
        "verdict": "exact",
        "cause_ok": True,
        "asked": 1,
    }


def test_over_triage_is_listed_but_is_no_failure(cases: Any) -> None:
    said = check(cases(wanted("soon")))
    assert "over-triaged: a: expected soon, got emergency" in said
    assert "1 over-triaged" in said


def test_an_accepted_level_is_counted_apart(cases: Any) -> None:
    assert "1 accepted" in check(cases(wanted("soon", accept=["emergency"])))


def test_under_triage_is_listed_and_fails(cases: Any) -> None:
    quiet = ["breathing", "saddle", "legs", "cancer", "limb", "unwell"]
    answers = ", ".join(f'{key} = "no"' for key in quiet)
    file = cases(
        f'[[case]]\nkey = "low"\ntext = "x"\nanswers = {{ {answers}, where = "back" }}\n'
        'level = "emergency"\ncauses = []\n'
    )
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 cases are under-triaged") as failure:
        call_command("check_cases", str(file), "--from", str(RULES), stdout=out)
    assert failure.value.returncode == 1
    assert "UNDER-TRIAGED: low: expected emergency" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("breathing =", "breething ="), "short-of-breath.*no question 'breething'"),
        (
            GOOD.replace('"breathless"', '"panting"'),
            "short-of-breath.*question 'breathing' has no option 'panting'",
        ),
        (GOOD.replace('"emergency"', '"at-once"'), "short-of-breath.*'level' must be one of"),
        (GOOD.replace("causes = []", 'causes = ["flu"]'), "short-of-breath.*no cause 'flu'"),
        (GOOD + GOOD, "short-of-breath.*is there 2 times"),
        (GOOD.replace("text =", "tekst ="), "short-of-breath.*'tekst'"),
        ("[[case]\n", "not readable as TOML"),
        ("", "no .*case"),
        ("case = 3\n", "must be a list"),
    ],
)
def test_a_bad_file_is_told_what_is_wrong_and_where(cases: Any, text: str, says: str) -> None:
    file = cases(text)
    with pytest.raises(CommandError, match=f"(?s)cases.toml.*{says}") as failure:
        check(file)
    assert failure.value.returncode == 2


def test_a_missing_file_and_a_missing_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="missing") as failure:
        check(tmp_path / "none.toml")
    assert failure.value.returncode == 2
    with pytest.raises(CommandError, match="there is no such folder"):
        call_command("check_cases", str(RULES / "cases.toml"), "--from", str(tmp_path / "x"))


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not readable as TOML"):
        check(file)


def test_without_from_it_reads_the_live_release(library: None, cases: Any) -> None:
    out = io.StringIO()
    call_command("check_cases", str(cases(GOOD)), "--json", stdout=out)
    assert json.loads(out.getvalue())["totals"]["exact"] == 1


@pytest.mark.django_db
def test_without_a_release_it_says_what_to_run(cases: Any) -> None:
    with pytest.raises(CommandError, match="load_content"):
        call_command("check_cases", str(cases(GOOD)))


def test_export_lists_questions_in_asking_order_with_their_options() -> None:
    out = io.StringIO()
    call_command("checker_export", "--from", str(RULES), stdout=out)
    exported = json.loads(out.getvalue())
    assert set(exported) == {"questions"}
    assert exported["questions"][0]["key"] == "breathing"
    for question in exported["questions"]:
        assert set(question) == {"key", "text", "options"}
        assert all(set(option) == {"key", "text"} for option in question["options"])
        assert "not-sure" in [option["key"] for option in question["options"]]


def run(*args: str, data: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "manage.py"), *args]
    env = {**os.environ, "DATA_DIR": str(data)}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def test_as_a_program_it_exits_as_promised(tmp_path: Path, cases: Any) -> None:
    """0 for right, 2 for a file that cannot be used; stdout is JSON and nothing else; needs no
    database with ``--from``, and says what to run where it does."""
    right = run("check_cases", str(cases(GOOD)), "--json", "--from", str(RULES), data=tmp_path)
    assert right.returncode == 0, right.stderr
    assert json.loads(right.stdout)["totals"]["cases"] == 1
    wrong = run(
        "check_cases", str(tmp_path / "none"), "--json", "--from", str(RULES), data=tmp_path
    )
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert "Traceback" not in wrong.stderr
    bare = run("checker_export", data=tmp_path)
    assert bare.returncode == 2
    assert "load_content" in bare.stderr
    assert "Traceback" not in bare.stderr

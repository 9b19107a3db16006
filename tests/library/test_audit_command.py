"""The command that audits the content files, as its user reads it."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.CONTENT_DIR, tmp_path / "content"))


def test_the_command_says_where_why_and_how(content: Path) -> None:
    file = content / "en/treatments/warfarin.md"
    text = file.read_text()
    file.write_text(text.replace('title = "Warfarin"', 'title = "Warfarin"', 1).replace(
        "## What it is", "## What it is\n\nTake 5 mg twice a day.", 1))  # fmt: skip
    out = StringIO()
    with pytest.raises(CommandError, match=r"1 to mend in \d+ pages"):
        call_command("audit_content", root=content, stdout=out)
    assert out.getvalue() == (
        "en/treatments/warfarin.md, prose 4 “What it is”: "
        "It gives a dose: “5 mg”. Leave it out; name who can tell. [dose]\n"
    )


def test_the_command_speaks_json(content: Path) -> None:
    file = content / "en/tips/heel-raises.md"
    file.write_text(file.read_text().replace('"venous_thrombosis", ', ""))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_content", root=content, json=True, stdout=out)
    findings = json.loads(out.getvalue())["findings"]
    assert {row["check"] for row in findings} >= {"calf work"}
    assert all(row["page"] and row["reason"] and row["mend"] for row in findings)


def test_the_command_names_a_file_that_cannot_be_read(content: Path) -> None:
    (content / "red_flags.toml").unlink()
    errors = StringIO()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("audit_content", root=content, stdout=StringIO(), stderr=errors)
    assert errors.getvalue().strip() == "red_flags.toml: this file is missing"

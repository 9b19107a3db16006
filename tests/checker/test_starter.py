"""What the loader does with the checkers of the content files."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from checker.models import Checker, Release


@pytest.fixture
def content(tmp_path: Path) -> Path:
    copy = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIR, copy)
    return copy


def check(root: Path) -> str:
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("load_content", "--check", "--from", root, stdout=StringIO(), stderr=err)
    return err.getvalue()


def test_checking_the_files_as_they_are_asks_no_database(content: Path) -> None:
    call_command("load_content", "--check", "--from", content, stdout=StringIO())


def test_an_unreadable_checker_is_named(content: Path) -> None:
    (content / "checkers" / "back-and-calf" / "rules.toml").write_text("[[rule")
    assert "checkers/back-and-calf" in check(content)


def test_a_rule_that_no_case_guards_is_refused(content: Path) -> None:
    cases = content / "checkers" / "back-and-calf" / "cases.toml"
    text = cases.read_text()
    cases.write_text(text[: text.index("[[case]]", len(text) // 3)])
    assert "No case checks this" in check(content)


@pytest.mark.usefixtures("library")
def test_the_first_load_makes_one_release_and_the_second_none(content: Path) -> None:
    assert Release.objects.count() == 1
    assert Checker.objects.get().live is not None
    call_command("load_content", "--from", content, stdout=StringIO())
    assert Release.objects.count() == 1

"""Files into the working copy and back: the same bytes."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from checker.engine import parse
from checker.files import FilesUnreadable, read_checker, read_crowd, read_toml
from checker.models import Checker, CheckerRule, WorkingCopy
from checker.working_copy.documents import crowd_of, ruleset_of
from checker.working_copy.export_files import export_files
from checker.working_copy.import_files import import_files
from checker.working_copy.notes import CommentLost, Note, read_notes
from checker.working_copy.toml_files import write_file

FOLDERS = sorted(path.parent for path in (settings.CONTENT_DIR / "checkers").glob("*/rules.toml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_checker_comes_back_byte_for_byte(library: None, folder: Path) -> None:
    files = export_files(WorkingCopy.objects.get(checker__name=folder.name))
    assert {path.name for path in folder.glob("*.toml")} == set(files)
    for name, text in files.items():
        assert text.encode() == (folder / name).read_bytes(), name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_working_copy_reads_as_the_files_do(library: None, folder: Path) -> None:
    working_copy = WorkingCopy.objects.get(checker__name=folder.name)
    assert ruleset_of(working_copy) == read_checker(folder)
    assert crowd_of(working_copy) == read_crowd(folder)


def test_a_second_import_keeps_the_history_of_every_entry(
    legs: WorkingCopy, tmp_path: Path
) -> None:
    before = set(CheckerRule.objects.values_list("pk", "key"))
    for name, text in export_files(legs).items():
        (tmp_path / name).write_text(text)
    import_files(tmp_path, legs.checker)
    assert set(CheckerRule.objects.values_list("pk", "key")) == before


def test_an_import_takes_away_what_the_files_no_longer_have(
    legs: WorkingCopy, tmp_path: Path
) -> None:
    files = export_files(legs)
    files["rules.toml"] = "\n\n".join(
        block for block in files["rules.toml"].split("\n\n") if 'key = "home"' not in block
    )
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    import_files(tmp_path, legs.checker)
    assert not CheckerRule.objects.filter(key="home").exists()
    assert ruleset_of(legs) == read_checker(tmp_path)


def test_notes_sections_and_introduction_come_back(legs: WorkingCopy) -> None:
    legs.about_rules = "The rules.\n\nIn two parts."
    CheckerRule.objects.filter(key="lung").update(section="Emergencies", note="First of all.")
    text = export_files(legs)["rules.toml"]
    assert text.startswith("# The rules.\n#\n# In two parts.\n\n# ----")
    assert '- Emergencies\n\n# First of all.\n[[rule]]\nkey = "lung"\n' in text
    notes = read_notes(text)
    assert notes.about == legs.about_rules
    assert notes.tables["rule"][0] == Note("Emergencies", "First of all.")


@pytest.mark.parametrize(
    "text",
    [
        '[[rule]]\nkey = "a"\n# inside a table\nlevel = "soon"\n',
        '[[rule]]\nkey = "a" # at the end of a line\n',
        '[[rule]]\nkey = "a"\n\n# below the last table\n',
    ],
)
def test_a_comment_that_would_be_lost_is_refused(text: str) -> None:
    with pytest.raises(CommentLost):
        read_notes(text)


def test_a_number_sign_inside_of_quotes_is_no_comment() -> None:
    assert read_notes('[[rule]]\nkey = "a # b \\" # c"\n').tables == {"rule": [Note()]}


@hypothesis_settings(deadline=None, max_examples=200, database=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_written_and_read(text: str) -> None:
    import tomllib

    written = write_file("", [("[[case]]", {"text": text}, Note())])
    assert tomllib.loads(written) == {"case": [{"text": text}]}


def test_an_edited_working_copy_is_not_overwritten(library: None) -> None:
    CheckerRule.objects.filter(key="clot-in-lung").update(because="Changed by a clinician.")
    call_command("load_content", verbosity=0, stdout=StringIO())
    assert CheckerRule.objects.get(key="clot-in-lung").because == "Changed by a clinician."
    with pytest.raises(CommandError, match="would be lost"):
        call_command("checker_import", str(FOLDERS[0]), stdout=StringIO())
    call_command("checker_import", str(FOLDERS[0]), replace=True, stdout=StringIO())
    assert CheckerRule.objects.get(key="clot-in-lung").because != "Changed by a clinician."


def test_unknown_answers_in_the_crowd_are_refused(legs: WorkingCopy, tmp_path: Path) -> None:
    for name, text in export_files(legs).items():
        (tmp_path / name).write_text(text)
    (tmp_path / "crowd.toml").write_text("[age]\nancient = 0.5\n[teeth]\nno = 1\n")
    with pytest.raises(FilesUnreadable, match=r"no answer “ancient”(.|\n)*no question “teeth”"):
        import_files(tmp_path, legs.checker)


def test_the_export_command_writes_what_the_import_command_read(
    legs: WorkingCopy, tmp_path: Path
) -> None:
    call_command("checker_export_files", str(tmp_path / "out"), stdout=StringIO())
    call_command("checker_export_files", str(tmp_path / "out"), check=True, stdout=StringIO())
    (tmp_path / "out" / "cases.toml").write_text("")
    with pytest.raises(CommandError, match=r"cases\.toml"):
        call_command("checker_export_files", str(tmp_path / "out"), check=True, stdout=StringIO())
    call_command("checker_export_files", str(tmp_path / "out"), stdout=StringIO())
    call_command("checker_import", str(tmp_path / "out"), checker="other", stdout=StringIO())
    other = WorkingCopy.objects.get(checker=Checker.objects.get(name="other"))
    assert export_files(other) == export_files(legs)
    documents = {
        name: read_toml(tmp_path / "out" / f"{name}.toml")
        for name in ("questions", "rules", "signs", "cases")
    }
    assert parse(**documents) == ruleset_of(other)

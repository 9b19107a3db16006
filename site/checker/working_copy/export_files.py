"""The working copy as the files of ``content/checkers/<name>/``."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checker.models import CheckerOption, WorkingCopy
from checker.working_copy.documents import documents_of
from checker.working_copy.notes import Note
from checker.working_copy.toml_files import Block, write_file

NOTHING = Note()


def export_files(working_copy: WorkingCopy) -> dict[str, str]:
    """File name to text. Raises nothing: a working copy that fails the gate can be exported too."""
    documents = documents_of(working_copy)
    checker = working_copy.checker
    questions, rules = documents["questions"], documents["rules"]
    signs, cases = documents["signs"], documents["cases"]
    files = {
        "questions.toml": write_file(
            working_copy.about_questions,
            _question_blocks(questions["question"], _notes(checker.checkerquestions)),
            {"title": questions["title"]},
        ),
        "rules.toml": write_file(
            working_copy.about_rules,
            _blocks("[[rule]]", rules["rule"], _notes(checker.checkerrules)),
        ),
        "signs.toml": write_file(
            working_copy.about_signs,
            [
                *_blocks("[[cause]]", signs["cause"], _notes(checker.checkercauses)),
                *_blocks("[[sign]]", signs["sign"], _notes(checker.checkersigns)),
            ],
        ),
        "cases.toml": write_file(
            working_copy.about_cases,
            _blocks("[[case]]", cases["case"], _notes(checker.checkercases)),
        ),
    }
    crowd = list(_crowd_blocks(working_copy))
    if crowd:
        files["crowd.toml"] = write_file(working_copy.about_crowd, crowd)
    return files


def _notes(parts: Any) -> list[Note]:
    rows = parts.order_by("sort_order", "pk").values_list("section", "note")
    return [Note(section, note) for section, note in rows]


def _blocks(heading: str, tables: Iterable[Any], notes: Iterable[Note]) -> Iterator[Block]:
    for table, note in zip(tables, notes, strict=True):
        filled = {name: value for name, value in table.items() if value != [] or name == "causes"}
        yield heading, filled, note


def _question_blocks(tables: Iterable[Any], notes: Iterable[Note]) -> Iterator[Block]:
    for table, note in zip(tables, notes, strict=True):
        own = {name: value for name, value in table.items() if name != "option"}
        yield "[[question]]", own, note
        for option in table["option"]:
            yield "[[question.option]]", option, NOTHING


def _crowd_blocks(working_copy: WorkingCopy) -> Iterator[Block]:
    tables: dict[str, dict[str, Any]] = {}
    notes: dict[str, str] = {}
    options: Iterable[CheckerOption] = (
        CheckerOption.objects.filter(asked__checker=working_copy.checker_id)
        .select_related("asked")
        .order_by("asked__sort_order", "asked_id", "sort_order")
    )
    for option in options:
        notes[option.asked.key] = option.asked.crowd_note
        if option.share is not None:
            tables.setdefault(option.asked.key, {})[option.key] = option.share
    for key, shares in tables.items():
        yield f"[{key}]", _with_note(shares, notes[key]), NOTHING


def _with_note(shares: Mapping[str, Any], note: str) -> dict[str, Any]:
    return {**shares, **({"note": note} if note else {})}

"""The starter checker: its first release is made when the content is loaded."""

from pathlib import Path
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from checker.engine import dump
from checker.engine.findings import ERROR
from checker.engine.gate import gate
from checker.files import FilesUnreadable, read_checker, read_crowd
from checker.gate import sentence
from checker.models import Checker, Release, ReleaseRefused, WorkingCopy
from checker.models.release import digest_of
from checker.working_copy.import_files import import_documents, import_files
from library.loader.problems import ContentError, Problem
from library.loader.report import ADDED, KEPT, UNCHANGED, Report
from library.signals import content_checking, content_loading

FOLDER = "checkers"


@receiver(content_loading, dispatch_uid="checker-starter")
def load_checkers(root: Path, report: Report, **_kwargs: Any) -> None:
    """Make a first release of each checker in the files.

    Only the first: from then on rules change in the CMS, where a second person approves them. The
    first one passes the same gate as every other.
    """
    for folder in _folders(root):
        _load(folder, report)


@receiver(content_checking, dispatch_uid="checker-starter-check")
def check_checkers(root: Path, **_kwargs: Any) -> None:
    """Read each checker and prove its rules. Asks no database, so its sources are not looked up."""
    problems = [problem for folder in _folders(root) for problem in _problems(folder)]
    if problems:
        raise ContentError(problems)


def _folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in (root / FOLDER).glob("*/questions.toml"))


def _problems(folder: Path) -> list[Problem]:
    file = f"{FOLDER}/{folder.name}"
    try:
        report = gate(read_checker(folder), read_crowd(folder) or None)
    except FilesUnreadable as error:
        return [Problem(file, 0, line) for line in str(error).splitlines()]
    failures = [finding for finding in report.findings if finding.severity == ERROR]
    return [Problem(file, 0, sentence(finding)) for finding in failures]


def _load(folder: Path, report: Report) -> None:
    try:
        ruleset, crowd = read_checker(folder), read_crowd(folder)
        snapshot = dump(ruleset)
        checker, _made = Checker.objects.get_or_create(
            name=folder.name, defaults={"title": ruleset.title}
        )
        outcome = _first_release(checker, snapshot, crowd)
        _first_working_copy(checker, folder, digest_of(snapshot))
    except (FilesUnreadable, ReleaseRefused) as error:
        file = f"{FOLDER}/{folder.name}"
        raise ContentError([Problem(file, 0, line) for line in str(error).splitlines()]) from error
    report.add(outcome, f"checker {folder.name}")


def _first_release(checker: Checker, snapshot: dict[str, Any], crowd: dict[str, Any]) -> str:
    if checker.live is not None:
        return UNCHANGED if checker.live.digest == digest_of(snapshot) else KEPT
    release = Release(
        checker=checker,
        number=1,
        snapshot=snapshot,
        crowd=crowd,
        note=_("Starter rules from the content files. No clinician has validated them yet."),
    )
    release.save()
    checker.live = release
    checker.save()
    return ADDED


def _first_working_copy(checker: Checker, folder: Path, digest: str) -> None:
    """What clinicians edit. It begins with the live rules, and is theirs from then on."""
    live = checker.live
    if live is None or WorkingCopy.objects.filter(checker=checker).exists():
        return
    if live.digest == digest:
        import_files(folder, checker)
    else:
        import_documents(checker, live.snapshot, live.crowd)

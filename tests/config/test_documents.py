"""What the documents say must be so."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def rows(document: str, heading: str) -> list[str]:
    """First cells of the tables below a heading."""
    text = (ROOT / document).read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return [cell for cell in cells if cell not in ("Variable", "Package")]


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    files = (ROOT / "site/config").glob("*.py")
    settings = "\n".join(file.read_text(encoding="utf-8") for file in files)
    read = set(re.findall(r"""\benv(?:\.\w+)?\(\s*["'](\w+)["']""", settings))
    documented = [cell.strip("`") for cell in rows("docs/running.md", "Settings")]
    assert sorted(documented) == sorted(read)


def test_settings_stay_one_short_file() -> None:
    settings = (ROOT / "site/config/settings.py").read_text(encoding="utf-8")
    assert len(settings.splitlines()) <= 200


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    cells = ", ".join(rows("docs/decisions.md", "Dependencies"))
    explained = {re.split(r"[\[ ]", cell)[0].lower() for cell in cells.split(", ")}
    assert {re.split(r"[\[~=<>]", name)[0].lower() for name in named} == explained


def locked(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.\[\],-]+)==(\S+)", text, re.MULTILINE))


def test_what_is_tested_is_what_runs() -> None:
    runs, checks = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: checks.get(name) for name in runs} == runs


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_name_no_place_to_get_them_from(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.match(r"[\w#]|    (--hash=|#)", line)] == []


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "CONTRIBUTING.md",
        *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
    ],
)
def test_links_in_documents_lead_to_files(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []

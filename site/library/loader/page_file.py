"""One page file: TOML front matter between +++ lines, then the Markdown body."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.blocks.evidence import STRENGTHS
from library.loader.problems import ContentError, Problem
from library.loader.toml_file import parse_toml

FENCE = "+++"
_TEXT = ("slug", "title", "answer", "description")
_COMMON: dict[str, type] = {**dict.fromkeys(_TEXT, str), "also_known_as": list, "care": list}
_OPTIONAL: dict[str, type] = {
    "order": int,
    "change_note": str,
    "also_known_as": list,
    "care": list,
}
_STRENGTHS = tuple(key for key, _label in STRENGTHS)
COMPARE_KEYS = ("feels", "where", "worse", "eases", "swelling", "how_soon")
CODE_KEYS = ("icd10", "icd11", "snomed")

#: Further keys of each type: name → the values allowed, or the Python type of the value.
_MORE: dict[str, dict[str, Any]] = {
    "home": {},
    "topic": {},
    "info": {},
    "index": {"lists": ("treatment", "tip")},
    "cause": {
        "key": str,
        "role": ("cause", "look-alike"),
        "compare": dict,
        "codes": dict,
        "tips": list,
        "treatments": list,
        "lookalikes": list,
    },
    "treatment": {"kind": ("medicine", "procedure", "care")},
    "tip": {"kind": ("habit", "exercise"), "strength": _STRENGTHS, "works_calf": bool},
}
_LEFT_OUT_MEANS: dict[str, Any] = {"works_calf": False, "compare": {}, "codes": {}, "order": 0}


@dataclass(frozen=True)
class PageFile:
    """A page as its file has it. ``body_line`` is the line on which the body begins."""

    name: str
    type: str
    front: Mapping[str, Any]
    body: str
    body_line: int
    lines: Mapping[str, int]

    @property
    def slug(self) -> str:
        return str(self.front["slug"])

    @property
    def content(self) -> tuple[str, dict[str, Any], str]:
        """What the page says, whatever is left out or said to be empty."""
        return self.type, {k: v for k, v in self.front.items() if v}, self.body.strip()

    @property
    def folder(self) -> tuple[str, ...]:
        return Path(self.name).parts[:-1]

    def names(self, key: str) -> list[str]:
        """A list of slugs or keys; empty where the front matter leaves it out."""
        return list(self.front.get(key, []))

    def problem(self, key: str, reason: str) -> Problem:
        """A problem on the line that sets this key of the front matter."""
        return Problem(self.name, self.lines.get(key, 1), reason)


def read_page(name: str, text: str) -> PageFile:
    """Parse one file. Raises ContentError with every problem of its front matter."""
    lines = text.splitlines()
    if not lines or lines[0] != FENCE or FENCE not in lines[1:]:
        raise ContentError([Problem(name, 1, "must begin with front matter between +++ lines")])
    end = lines.index(FENCE, 1)
    front = parse_toml(name, "\n".join(lines[1:end]), first_line=2)
    problems = list(_problems(name, front, lines[:end]))
    if problems:
        raise ContentError(problems)
    full = {**_LEFT_OUT_MEANS, **front}
    places = {key: _line_of(key, lines[:end]) for key in full}
    return PageFile(name, front["type"], full, "\n".join(lines[end + 1 :]), end + 2, places)


def _problems(name: str, front: dict[str, Any], lines: list[str]) -> list[Problem]:
    kind = front.get("type")
    if not isinstance(kind, str) or kind not in _MORE:
        known = ", ".join(_MORE)
        return [Problem(name, 1, f"type must be one of: {known}")]
    allowed: dict[str, Any] = {**_COMMON, **_OPTIONAL, **_MORE[kind]}
    found = [
        Problem(name, _line_of(key, lines), f"“{key}” is not a key of a {kind} page")
        for key in front
        if key not in allowed and key != "type"
    ]
    for key, rule in allowed.items():
        reason = _wrong(key, front.get(key), rule, required=_is_required(key, kind))
        if reason:
            found.append(Problem(name, _line_of(key, lines), reason))
    found += _table_problems(name, front, lines)
    return found


def _is_required(key: str, kind: str) -> bool:
    return key not in _OPTIONAL and key not in (
        *_LEFT_OUT_MEANS,
        "tips",
        "treatments",
        "lookalikes",
    )


def _wrong(key: str, value: Any, rule: Any, *, required: bool) -> str:
    if value is None:
        return f"“{key}” is missing" if required else ""
    if isinstance(rule, tuple):
        known = isinstance(value, str) and value in rule
        return "" if known else f"“{key}” must be one of: {', '.join(rule)}"
    if not isinstance(value, rule) or (rule is int and isinstance(value, bool)):
        return f"“{key}” must be {_WORDS[rule]}"
    if rule is list and not all(isinstance(item, str) for item in value):
        return f"“{key}” must be a list of texts"
    if rule is str and not value.strip():
        return f"“{key}” is empty"
    return ""


_WORDS = {str: "a text", list: "a list", dict: "a table", bool: "true or false", int: "a number"}


def _table_problems(name: str, front: dict[str, Any], lines: list[str]) -> list[Problem]:
    found = []
    for table, known in (("compare", COMPARE_KEYS), ("codes", CODE_KEYS)):
        value = front.get(table)
        for key in value if isinstance(value, dict) else ():
            if key not in known:
                reason = f"“{key}” is not known in {table}; use {', '.join(known)}"
                found.append(Problem(name, _line_of(key, lines), reason))
    return found


def _line_of(key: str, lines: list[str]) -> int:
    """The line that sets a key, so that an editor can go there; the first line if none does."""
    for number, line in enumerate(lines, start=1):
        if line.split("=")[0].strip() == key or line.strip() == f"[{key}]":
            return number
    return 1

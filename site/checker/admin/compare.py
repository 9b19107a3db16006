"""What differs between two sets of rules: entry by entry, and who gets different advice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checker.engine import Ruleset, diff
from checker.working_copy.sentences import Line, diff_lines

KINDS = {
    "question": ("questions", gettext_lazy("Question")),
    "rule": ("rules", gettext_lazy("Rule")),
    "cause": ("signs", gettext_lazy("Cause")),
    "sign": ("signs", gettext_lazy("Sign")),
    "case": ("cases", gettext_lazy("Case")),
}
ADDED, GONE, CHANGED = gettext_lazy("new"), gettext_lazy("gone"), gettext_lazy("changed")


@dataclass(frozen=True)
class Change:
    """One entry that is new, gone or changed; ``fields`` says what was and what is."""

    kind: Any
    key: str
    what: Any
    fields: tuple[tuple[str, str, str], ...]


def changed_entries(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """From two snapshots."""
    return [
        change
        for kind, (document, name) in KINDS.items()
        for change in _changes(name, _keyed(old[document], kind), _keyed(new[document], kind))
    ]


def advice_changes(old: Ruleset, new: Ruleset) -> list[Line]:
    return diff_lines(diff(old, new), old, new)


def _keyed(document: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    return {_key(table): table for table in document.get(kind, [])}


def _key(table: Mapping[str, Any]) -> str:
    """Signs have no key of their own."""
    if "key" in table:
        return str(table["key"])
    return f"{table['cause']}/{table['question']}/{'+'.join(table['options'])}"


def _changes(
    name: Any, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterable[Change]:
    for key, table in new.items():
        if key not in old:
            yield Change(name, key, ADDED, ())
        elif fields := tuple(_fields(old[key], table)):
            yield Change(name, key, CHANGED, fields)
    for key in old:
        if key not in new:
            yield Change(name, key, GONE, ())


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for name in dict.fromkeys([*old, *new]):
        if _unordered(old.get(name)) != _unordered(new.get(name)):
            yield name, _said(old.get(name)), _said(new.get(name))


def _unordered(value: Any) -> Any:
    """Which answers, causes or sources are named matters; in which order does not."""
    if isinstance(value, Mapping):
        return {key: _unordered(one) for key, one in value.items()}
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return value


def _said(value: Any) -> str:
    """A value of a snapshot in words, without brackets and quotes."""
    if value in (None, "", [], {}):
        return _("nothing")
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_said(one)}" for key, one in value.items())
    if isinstance(value, list):
        words = [one["text"] if isinstance(one, Mapping) else str(one) for one in value]
        return ", ".join(words)
    return str(value)

"""Who gets different advice, in sentences a clinician would say."""

from typing import Any

from django.utils.translation import gettext as _

from checker.engine import Diff, Level, Ruleset
from checker.levels import WORDS

Line = dict[str, Any]


def diff_lines(diff: Diff | None, old: Ruleset, new: Ruleset) -> list[Line]:
    """One line for each case and each kind of person whose level changes; lowered ones first."""
    if diff is None:
        return []
    cases = [
        {
            "who": change.case.text,
            "case": change.case.key,
            **_levels(change.before, change.after),
        }
        for change in diff.cases
    ]
    people = [
        {
            "who": person(new, old, change.answers),
            "rule": change.rule,
            **_levels(change.before, change.after),
        }
        for change in diff.people
    ]
    return sorted([*cases, *people], key=lambda line: not line["lowered"])


def _levels(before: Level, after: Level) -> Line:
    return {
        "before": str(WORDS[before].name),
        "after": str(WORDS[after].name),
        "lowered": after < before,
    }


def person(new: Ruleset, old: Ruleset, answers: tuple[tuple[str, str], ...]) -> str:
    """Somebody, told by what the result would repeat back to them."""
    said = [line for key, option in answers if (line := _said(new, old, key, option))]
    return " ".join(said) or _("Anybody.")


def _said(new: Ruleset, old: Ruleset, key: str, chosen: str) -> str:
    for ruleset in (new, old):
        question = ruleset.question_by_key.get(key)
        if question and chosen in question.option_keys:
            option = question.option(chosen)
            return option.said or f"“{question.text}”: “{option.text}”."
    return ""

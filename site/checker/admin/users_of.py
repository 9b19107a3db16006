"""What rests on an answer."""

from checker.models import (
    CaseAnswer,
    CheckerOption,
    QuestionCondition,
    RuleCondition,
    SignAnswer,
)


def users_of(option: CheckerOption) -> list[str]:
    """In words: the rules, signs, cases and questions that name this answer."""
    found = []
    for model in (RuleCondition, SignAnswer, CaseAnswer, QuestionCondition):
        rows = model._default_manager.filter(option=option).select_related("item")
        found += [f"{row.item._meta.verbose_name} “{row.item}”" for row in rows]
    return found

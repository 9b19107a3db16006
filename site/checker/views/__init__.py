"""The visit (one question a page, answers, result, replay) and the public record of the rules."""

from checker.views.csrf import stale_form
from checker.views.public import paper, questionnaire, release, releases, rules
from checker.views.result import fhir, replay, result, summary
from checker.views.visit import answers, begin, delete, question, start

__all__ = [
    "answers",
    "begin",
    "delete",
    "fhir",
    "paper",
    "question",
    "questionnaire",
    "release",
    "releases",
    "replay",
    "result",
    "rules",
    "stale_form",
    "start",
    "summary",
]

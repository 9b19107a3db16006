"""The symptom checker's engine: pure Python, no Django, no input or output."""

from .advice import Advice, Fit, Reason, advise
from .cases import CaseResult, totals, walk, walk_all
from .crowd import Crowd, crowd, parse_crowd
from .diff import CaseChange, Diff, SpaceChange, diff
from .dump import dump
from .escalate import Escalator, escalators
from .findings import ERROR, WARNING, Finding
from .flow import next_question, path
from .gate import Report, gate, gate_files
from .model import (
    NOT_SURE,
    Case,
    Cause,
    Condition,
    Incomplete,
    Level,
    Option,
    Question,
    Rule,
    Ruleset,
    Sign,
    UnknownAnswer,
)
from .mutate import Mutation, mutations
from .parse import parse, parse_cases
from .reading import Problem, RulesError
from .suggest import Suggestion, suggest

__all__ = [
    "ERROR",
    "NOT_SURE",
    "WARNING",
    "Advice",
    "Case",
    "CaseChange",
    "CaseResult",
    "Cause",
    "Condition",
    "Crowd",
    "Diff",
    "Escalator",
    "Finding",
    "Fit",
    "Incomplete",
    "Level",
    "Mutation",
    "Option",
    "Problem",
    "Question",
    "Reason",
    "Report",
    "Rule",
    "RulesError",
    "Ruleset",
    "Sign",
    "SpaceChange",
    "Suggestion",
    "UnknownAnswer",
    "advise",
    "crowd",
    "diff",
    "dump",
    "escalators",
    "gate",
    "gate_files",
    "mutations",
    "next_question",
    "parse",
    "parse_cases",
    "parse_crowd",
    "path",
    "suggest",
    "totals",
    "walk",
    "walk_all",
]

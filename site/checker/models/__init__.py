"""What the checker keeps: releases and the working copy of its rules. Nothing about a visitor."""

from checker.models.case import CaseAnswer, CaseCause, CheckerCase
from checker.models.cause import CheckerCause
from checker.models.proposal import ReleaseProposal
from checker.models.question import CheckerOption, CheckerQuestion, QuestionCondition
from checker.models.release import Checker, Release, ReleaseRefused
from checker.models.rule import CheckerRule, RuleCause, RuleCondition, RuleSource, TriageLevel
from checker.models.sign import CheckerSign, SignAnswer, SignSource
from checker.models.working_copy import WorkingCopy

__all__ = [
    "CaseAnswer",
    "CaseCause",
    "Checker",
    "CheckerCase",
    "CheckerCause",
    "CheckerOption",
    "CheckerQuestion",
    "CheckerRule",
    "CheckerSign",
    "QuestionCondition",
    "Release",
    "ReleaseProposal",
    "ReleaseRefused",
    "RuleCause",
    "RuleCondition",
    "RuleSource",
    "SignAnswer",
    "SignSource",
    "TriageLevel",
    "WorkingCopy",
]

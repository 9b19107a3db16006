"""The workbench: the state of the gate on one page, in clinicians' words."""

import io
import zipfile
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checker.admin.links import Links, edit_url
from checker.admin.page import crumbs
from checker.admin.permissions import APPROVE, PROPOSE, TAKE_DOWN, WORKBENCH, allowed
from checker.engine.gate import (
    EMERGENCY_SHARE,
    LONGEST_PATH,
    LONGEST_TO_EMERGENCY,
    MEDIAN_PATH,
)
from checker.models import Checker, CheckerCase, CheckerRule, WorkingCopy
from checker.working_copy.export_files import export_files
from checker.working_copy.report import Report, current_report

BUDGETS = {
    "longest_path": LONGEST_PATH,
    "median_path": MEDIAN_PATH,
    "longest_to_emergency": LONGEST_TO_EMERGENCY,
}


@require_safe
@allowed(WORKBENCH)
def index(request: HttpRequest) -> HttpResponse:
    """Straight to the checker where there is only one."""
    names = list(WorkingCopy.objects.order_by("title").values_list("checker__name", "title"))
    if len(names) == 1:
        return redirect("checker_admin:workbench", names[0][0])
    context = {"checkers": names, "breadcrumbs_items": crumbs(), "header_title": _("Workbench")}
    return TemplateResponse(request, "checker/admin/choose.html", context)


@require_safe
@allowed(WORKBENCH)
def workbench(request: HttpRequest, name: str) -> HttpResponse:
    checker = get_object_or_404(Checker.objects.select_related("live"), name=name)
    working_copy = get_object_or_404(WorkingCopy, checker=checker)
    report = current_report(working_copy)
    links = Links(checker)
    context = {
        "breadcrumbs_items": crumbs(),
        "header_title": _("Checker workbench"),
        "header_icon": "tasks",
        "checker": checker,
        "working_copy": working_copy,
        "working_copy_url": edit_url(WorkingCopy, working_copy.pk),
        "report": report,
        "errors": _findings(report, links, "error"),
        "warnings": _findings(report, links, "warning"),
        "tiles": _tiles(report),
        "changes": _changes(report, links),
        "rules": _rules(checker, report, links),
        "wrong_cases": _wrong_cases(checker, report, links),
        "open_proposals": checker.proposals.filter(state="open").select_related("author"),
        "may": {
            "propose": request.user.has_perm(PROPOSE),
            "take_down": request.user.has_perm(APPROVE if checker.is_down else TAKE_DOWN),
        },
    }
    return TemplateResponse(request, "checker/admin/workbench.html", context)


@require_safe
@allowed(WORKBENCH)
def download(request: HttpRequest, name: str) -> HttpResponse:
    """The working copy as its files, for keeping or for a pull request."""
    working_copy = get_object_or_404(WorkingCopy, checker__name=name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in export_files(working_copy).items():
            archive.writestr(f"{name}/{file}", text)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _findings(report: Report, links: Links, severity: str) -> list[dict[str, Any]]:
    """Grouped by the thing that causes them, so that each is mended in one place.

    Cases that go wrong have a list of their own, with the patient's words.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in report["findings"]:
        own_list = finding["check"] == "cases" and finding["where"][0] == "case"
        if finding["severity"] == severity and not own_list:
            groups.setdefault(tuple(finding["where"]), []).append(finding["message"])
    return [{"link": links(*where), "messages": found} for where, found in groups.items()]


def _tiles(report: Report) -> list[dict[str, Any]]:
    """The numbers of the gate, each with its limit and whether it is kept."""
    if not report["whole"]:
        return []
    numbers = report["numbers"]
    right = numbers["exact"] + numbers["accepted"]
    tiles = [
        _tile(_("cases right"), f"{right:g} / {numbers['cases']:g}", right == numbers["cases"]),
        _tile(_("under-triaged"), f"{numbers['under']:g}", not numbers["under"]),
        _tile(
            _("changes to rules that a case notices"),
            f"{numbers['caught']:g} / {numbers['mutations'] - numbers['equivalent']:g}",
            numbers["caught"] == numbers["mutations"] - numbers["equivalent"],
        ),
    ]
    words = {
        "longest_path": _("questions on the longest path (at most %d)"),
        "median_path": _("questions in the middle case (at most %d)"),
        "longest_to_emergency": _("questions to any emergency (at most %d)"),
    }
    tiles += [
        _tile(words[key] % most, f"{numbers[key]:g}", numbers[key] <= most)
        for key, most in BUDGETS.items()
    ]
    return [*tiles, _crowd_tile(report)]


def _crowd_tile(report: Report) -> dict[str, Any]:
    if not report["crowd"]:
        return _tile(_("of the crowd sent to hospital: no numbers yet"), "?", False)
    share = report["crowd"]["counts"]["emergency"] / report["crowd"]["people"]
    words = _("of 1,000 of a simulated crowd sent to hospital at once (at most %d)")
    return _tile(words % (EMERGENCY_SHARE * 1000), f"{share * 1000:.0f}", share <= EMERGENCY_SHARE)


def _tile(words: str, value: str, kept: bool) -> dict[str, Any]:
    return {"words": words, "value": value, "kept": kept}


def _changes(report: Report, links: Links) -> list[dict[str, Any]]:
    """The clinical diff, each line with the case or the rule behind it."""
    return [
        {
            **line,
            "link": links("case", line["case"]) if "case" in line else links("rule", line["rule"]),
        }
        for line in report["diff"]
    ]


def _rules(checker: Checker, report: Report, links: Links) -> list[dict[str, Any]]:
    """Each rule with the cases that guard it, and what no case would notice."""
    missed: dict[str, int] = {}
    for finding in report["findings"]:
        if finding["check"] == "guarded":
            missed[finding["where"][1]] = missed.get(finding["where"][1], 0) + 1
    rules = CheckerRule.objects.filter(checker=checker).order_by("sort_order")
    return [
        {
            "rule": rule,
            "link": links("rule", rule.key),
            "guards": [links("case", key) for key in report["guards"].get(rule.key, [])],
            "missed": missed.get(rule.key, 0),
        }
        for rule in rules.prefetch_related("when__question", "when__option")
    ]


def _wrong_cases(checker: Checker, report: Report, links: Links) -> list[dict[str, Any]]:
    wrong = {case["key"]: case for case in report["cases"] if case["verdict"] in ("under", "over")}
    cases = CheckerCase.objects.filter(checker=checker, key__in=wrong).order_by("sort_order")
    return [
        {"case": case, "got": wrong[case.key], "link": links("case", case.key)} for case in cases
    ]

"""The workbench, as a clinician meets it."""

from typing import Any

from django.db import transaction
from django.test import Client

from checker.admin import after_save
from checker.models import CheckerCase, CheckerRule, RuleCondition, WorkingCopy
from checker_forms import WORKBENCH, url


def test_a_green_gate_is_said_and_leads_to_a_proposal(legs: WorkingCopy, admin: Client) -> None:
    page = admin.get(WORKBENCH).content.decode()
    assert "The gate is green." in page
    assert "/admin/checker/legs/propose/" in page
    assert "Nobody gets different advice." in page


def test_every_finding_is_said_where_it_is_mended(red: WorkingCopy, admin: Client) -> None:
    page = admin.get(WORKBENCH).content.decode()
    case = CheckerCase.objects.get(key="breathless")
    assert "The gate is red." in page
    assert "The advice is too low." in page
    assert case.text in page
    assert url(CheckerCase, "edit", case.pk) in page
    assert "/admin/checker/legs/propose/" not in page


def test_lowered_urgency_is_said_in_a_sentence(red: WorkingCopy, admin: Client) -> None:
    page = " ".join(admin.get(WORKBENCH).content.decode().split())
    assert "Lower urgency." in page
    assert "was <em>Emergency</em>, would be <em>Soon: days to weeks</em>." in page
    assert "breathless: yes." in page  # the answer, as the result would repeat it


def test_each_rule_stands_with_the_cases_that_guard_it(legs: WorkingCopy, admin: Client) -> None:
    CheckerCase.objects.exclude(key__in=["breathless", "young"]).delete()
    context = admin.get(WORKBENCH).context
    rules = {row["rule"].key: row for row in context["rules"]}
    assert "breathless" in [link.name for link in rules["lung"]["guards"]]
    assert rules["clot"]["missed"] > 0


def test_a_working_copy_that_is_not_whole_is_named_and_not_tried(
    legs: WorkingCopy, admin: Client
) -> None:
    rule = CheckerRule.objects.get(key="lung")
    rule.when.all().delete()
    RuleCondition.objects.filter(item=rule).delete()
    page = admin.get(WORKBENCH).content.decode()
    assert "has no condition" in page
    assert url(CheckerRule, "edit", rule.pk) in page
    assert admin.get("/admin/checker/try/legs/").status_code == 302


def test_the_report_is_kept_and_follows_every_change(legs: WorkingCopy, admin: Client) -> None:
    admin.get(WORKBENCH)
    legs.refresh_from_db()
    first = legs.report_digest
    assert legs.report["passed"]
    CheckerRule.objects.filter(key="lung").update(level="urgent")
    admin.get(WORKBENCH)
    legs.refresh_from_db()
    assert legs.report_digest != first
    assert not legs.report["passed"]


def test_the_gate_runs_when_anybody_saves(
    legs: WorkingCopy, django_capture_on_commit_callbacks: Any
) -> None:
    rule = CheckerRule.objects.get(key="lung")
    rule.level = "soon"
    transaction.get_connection().run_on_commit.clear()  # what the fixture saved
    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        rule.save()
        rule.save()
    assert [getattr(one, "func", None) for one in callbacks].count(after_save._gate) == 1
    legs.refresh_from_db()
    assert legs.report["passed"] is False


def test_the_working_copy_is_downloaded_as_files(legs: WorkingCopy, admin: Client) -> None:
    import io
    import zipfile

    from checker.working_copy.export_files import export_files

    response = admin.get("/admin/checker/legs/files.zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert files == {f"legs/{name}": text for name, text in export_files(legs).items()}

"""Every door to the public: button, bulk action, workflow, schedule, API, shell, loader.

Behind each stands the same gate. Every test tries to bring rules to a visitor that let a patient
who is short of breath wait for days.
"""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import DraftStateMixin, WorkflowMixin
from wagtail.snippets.models import get_snippet_models

from checker import releases
from checker.engine import Level, advise
from checker.models import Checker, CheckerRule, Release, ReleaseProposal, ReleaseRefused
from checker.models.release import digest_of
from checker.proposals import ProposalRefused, approve, propose
from checker.releases import checked_rules, live_release
from checker.working_copy.documents import documents_of

BREATHLESS = {"breathless": "yes"}


def visitors_level() -> Level | None:
    """What a breathless visitor is told. None: the checker is not served at all."""
    release = live_release("legs")
    return None if release is None else advise(release.ruleset, BREATHLESS).level


def assert_public_is_safe() -> None:
    assert visitors_level() in (None, Level.EMERGENCY)
    page = Client().get("/symptom-checker/legs/")
    assert page.status_code in (200, 404)
    assert (page.status_code == 404) == (visitors_level() is None)


def bad_snapshot(red: Any) -> dict[str, Any]:
    return documents_of(red)


def test_button(red: Any, admin: Client, clinician: User, lead: User) -> None:
    page = admin.get("/admin/checker/legs/propose/").content.decode()
    assert "cannot be proposed" in page
    admin.post(
        "/admin/checker/legs/propose/",
        {"note": "Quick!", "lower_ok": "on", "lower_reason": "Trust me."},
    )
    assert not ReleaseProposal.objects.exists()
    with pytest.raises(ProposalRefused):
        propose(red, clinician, "Quick!", "Trust me.")
    assert_public_is_safe()


def test_approve_button_runs_the_gate_again(red: Any, lead: User, clinician: User) -> None:
    """A proposal that came into the database without the gate is stopped at approval."""
    bad = bad_snapshot(red)
    smuggled = ReleaseProposal.objects.create(
        checker=red.checker,
        snapshot=bad,
        digest=digest_of(bad),
        base=red.checker.live,
        note="Quick!",
        report={"diff": [], "findings": [], "numbers": {}},
        author=clinician,
    )
    client = Client()
    client.force_login(lead)
    page = f"/admin/checker/proposals/{smuggled.pk}/"
    response = client.post(page, {"step": "approve", "answer": ""}, follow=True)
    assert "under-triaged" in response.content.decode()
    smuggled.refresh_from_db()
    assert smuggled.is_open
    assert_public_is_safe()


def test_a_proposal_changed_after_it_was_read_is_refused(
    legs: Any, clinician: User, lead: User
) -> None:
    CheckerRule.objects.filter(key="clot").update(because="Other words.")
    proposal = propose(legs, clinician, "Words.")
    changed = {**proposal.snapshot, "cases": {"case": []}}
    ReleaseProposal.objects.filter(pk=proposal.pk).update(snapshot=changed)
    with pytest.raises(ProposalRefused, match="changed in the database"):
        approve(proposal, lead)
    assert_public_is_safe()


def test_bulk_action(legs: Any, client: Client) -> None:
    """Deleting the emergency rule in bulk changes the working copy, and nothing else."""
    client.force_login(User.objects.create_superuser("root", "root@example.org", "x"))
    rule = CheckerRule.objects.get(key="lung")
    address = reverse("wagtail_bulk_action", args=["checker", "checkerrule", "delete"])
    client.post(f"{address}?id={rule.pk}", {})
    assert not CheckerRule.objects.filter(pk=rule.pk).exists()
    assert_public_is_safe()
    with pytest.raises(ProposalRefused):
        propose(legs, User.objects.get(), "Gone.", "Trust me.")


def test_workflow_and_schedule(red: Any) -> None:
    """No part of a checker can be published at all: not at a press, not by moderation, not at a
    time. So there is nothing that a workflow or a schedule could bring to the public."""
    for model in apps.get_app_config("checker").get_models():
        assert not issubclass(model, DraftStateMixin | WorkflowMixin), model
    assert {Checker, Release, ReleaseProposal}.isdisjoint(get_snippet_models())
    call_command("publish_scheduled", stdout=StringIO())
    assert_public_is_safe()


def test_api(red: Any, client: Client) -> None:
    """No address writes a release but the ones that go through ``checker.proposals``."""
    client.force_login(User.objects.create_superuser("root", "root@example.org", "x"))
    served = {view.cls.model for route, view in _routes() if "api/" in route}
    assert served  # the admin's own API: pages, images, documents
    assert not [model for model in served if model._meta.app_label == "checker"]
    bad = json.dumps({"checker": "legs", "number": 2, "snapshot": bad_snapshot(red)})
    for address in ("/symptom-checker/legs/", "/admin/checker/releases/", "/admin/checker/legs/"):
        for send in (client.post, client.put, client.patch):
            response = send(address, bad, content_type="application/json")
            assert response.status_code in (403, 404, 405), address
    assert Release.objects.count() == 1
    assert_public_is_safe()


def _routes(patterns: Any = None, prefix: str = "") -> Any:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def test_shell_create(red: Any) -> None:
    bad = bad_snapshot(red)
    with pytest.raises(ReleaseRefused, match="under-triaged"):
        Release.objects.create(checker=red.checker, number=2, snapshot=bad, note="x")
    with pytest.raises(ReleaseRefused):
        Release.objects.bulk_create([Release(checker=red.checker, number=2, snapshot=bad)])
    assert_public_is_safe()


def test_shell_change(red: Any) -> None:
    release = Release.objects.get()
    with pytest.raises(ReleaseRefused):
        Release.objects.update(snapshot=bad_snapshot(red))
    with pytest.raises(ReleaseRefused):
        Release.objects.bulk_update([release], ["snapshot"])
    release.snapshot = bad_snapshot(red)
    with pytest.raises(ReleaseRefused):
        release.save()
    with pytest.raises(ReleaseRefused):
        release.delete()
    with pytest.raises(ReleaseRefused):
        Release.objects.all().delete()
    assert_public_is_safe()


def _insert(red: Any, snapshot: dict[str, Any], certificate: str) -> int:
    """A row that no Python of ours has seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO checker_release"
            " (checker_id, number, created, snapshot, crowd, digest, certificate, gate, note)"
            " VALUES (%s, 2, CURRENT_TIMESTAMP, %s, '{}', %s, %s, '{}', '')",
            [red.checker_id, json.dumps(snapshot), digest_of(snapshot), certificate],
        )
    return Release.objects.get(number=2).pk


def test_shell_assignment_of_a_smuggled_release(red: Any) -> None:
    good = Release.objects.get(number=1)
    pk = _insert(red, bad_snapshot(red), good.certificate)
    checker = Checker.objects.get()
    checker.live = Release.objects.get(pk=pk)
    with pytest.raises(ReleaseRefused, match="passed the gate"):
        checker.save()
    Checker.objects.update(live=pk)  # goes round Checker.save
    assert visitors_level() is None
    assert_public_is_safe()


def test_raw_change_of_a_live_release(red: Any) -> None:
    bad = bad_snapshot(red)
    assert visitors_level() is Level.EMERGENCY
    with connection.cursor() as cursor:
        cursor.execute("UPDATE checker_release SET snapshot = %s", [json.dumps(bad)])
    assert visitors_level() is Level.EMERGENCY  # the rules that this process has read and checked
    releases._checked_rules.cache_clear()  # a process that starts now
    assert checked_rules(Release.objects.get()) is None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE checker_release SET digest = %s", [digest_of(bad)])
    assert checked_rules(Release.objects.get()) is None
    assert visitors_level() is None
    assert_public_is_safe()


def test_a_release_of_another_checker(red: Any) -> None:
    other = Checker.objects.create(name="arms", title="Arms")
    Checker.objects.filter(pk=other.pk).update(live=Release.objects.get())
    assert live_release("arms") is None


def test_loader(legs: Any, tmp_path: Path) -> None:
    """Files that fail stop the whole load; files that changed never replace what is live."""
    root = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIR, root)
    rules = root / "checkers" / "back-and-calf" / "rules.toml"
    rules.write_text(rules.read_text().replace('level = "emergency"', 'level = "soon"', 1))
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_content", root=root, verbosity=0, stdout=StringIO(), stderr=StringIO())
    assert not Checker.objects.filter(name="back-and-calf").exists()


def test_loader_never_replaces_a_live_release(library: None, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIR, root)
    rules = root / "checkers" / "back-and-calf" / "rules.toml"
    rules.write_text(rules.read_text().replace('level = "emergency"', 'level = "soon"', 1))
    before = Checker.objects.get().live
    call_command("load_content", root=root, verbosity=0, stdout=StringIO())
    assert Checker.objects.get().live == before


def test_import_command(legs: Any, tmp_path: Path) -> None:
    """An import reaches the working copy only."""
    from checker.working_copy.export_files import export_files

    for name, text in export_files(legs).items():
        (tmp_path / name).write_text(text.replace('level = "emergency"', 'level = "soon"', 1))
    call_command("checker_import", str(tmp_path), checker="legs", stdout=StringIO())
    assert_public_is_safe()


def test_gate_command(red: Any, tmp_path: Path) -> None:
    from checker.working_copy.export_files import export_files

    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="The gate is red"):
        call_command("checker_gate", stdout=out, stderr=err)
    assert "under-triaged" in out.getvalue()
    assert "LOWER URGENCY" in out.getvalue()
    assert "mutations: 6/6" in err.getvalue()
    CheckerRule.objects.filter(key="lung").update(level="emergency")
    for name, text in export_files(red).items():
        (tmp_path / name).write_text(text)
    out = StringIO()
    call_command("checker_gate", folder=tmp_path, checker="legs", json=True, stdout=out, stderr=err)
    report = json.loads(out.getvalue())
    assert report["passed"] is True
    assert report["numbers"]["rules"] == 6

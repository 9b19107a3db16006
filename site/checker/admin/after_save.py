"""The gate runs on every save: the editor is told at once, and the report is ready to look at."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from checker.models import Checker, WorkingCopy
from checker.models.part import Part
from checker.working_copy.report import current_report


def connect() -> None:
    """Listen to every part, whoever saves it: form, bulk action or shell."""
    for model in (*Part.__subclasses__(), WorkingCopy):
        for signal in (post_save, post_delete):
            signal.connect(_gate_after_commit, sender=model, dispatch_uid=f"gate-{model.__name__}")


def _gate_after_commit(instance: Part | WorkingCopy, raw: bool = False, **_kwargs: Any) -> None:
    """Once a transaction: the rows inside a part are saved after it, and imports save hundreds."""
    if raw:
        return
    run = partial(_gate, instance.checker_id)
    if not any(_is_same(run, waiting[1]) for waiting in transaction.get_connection().run_on_commit):
        transaction.on_commit(run, robust=True)


def _is_same(run: partial[None], waiting: object) -> bool:
    return isinstance(waiting, partial) and (waiting.func, waiting.args) == (run.func, run.args)


def _gate(checker: int) -> None:
    working_copy = WorkingCopy.objects.filter(checker=checker).first()
    if working_copy is not None:
        current_report(working_copy)


def tell_the_editor(request: HttpRequest, instance: object) -> None:
    """After a save in the admin: is the working copy still fit for a release?"""
    if not isinstance(instance, Part | WorkingCopy):
        return
    checker: Checker = instance.checker
    working_copy = WorkingCopy.objects.filter(checker=checker).first()
    if working_copy is None:
        return
    report = current_report(working_copy)
    errors = sum(finding["severity"] == "error" for finding in report["findings"])
    button = messages.button(
        reverse("checker_admin:workbench", args=[checker.name]), _("Workbench")
    )
    if errors:
        text = ngettext(
            "The gate found %(count)d thing to mend before a release.",
            "The gate found %(count)d things to mend before a release.",
            errors,
        )
        messages.warning(request, text % {"count": errors}, buttons=[button])
    else:
        messages.info(request, _("The gate is green."), buttons=[button])

"""Addresses of the working copy “legs”, and what the browser posts when a part of it is saved."""

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from checker.models import CheckerOption, CheckerQuestion, CheckerRule

WORKBENCH = "/admin/checker/legs/"


def url(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def option(question: str, key: str) -> CheckerOption:
    return CheckerOption.objects.get(asked__key=question, key=key)


def rule_data(rule: CheckerRule, **changes: Any) -> dict[str, Any]:
    """What the browser posts when a rule is saved as it is, with changes."""
    sources = inline_formset(
        [{"id": row.pk, "source": row.source_id} for row in rule.sources.all()],
        initial=rule.sources.count(),
    )
    data = {
        "checker": rule.checker_id,
        "key": rule.key,
        "level": rule.level,
        "because": rule.because,
        "card": rule.card,
        "note": rule.note,
        "section": rule.section,
        "when_picked": [row.option_id for row in rule.when.all()],
        "about_picked": [row.cause_id for row in rule.about.all()],
    }
    formset = nested_form_data({"sources": changes.pop("sources", sources)})
    return data | changes | formset


def question_data(question: CheckerQuestion, delete: str = "") -> dict[str, Any]:
    rows = [
        {
            "id": one.pk,
            "key": one.key,
            "text": one.text,
            "said": one.said,
            "share": "",
            "ORDER": place,
            "DELETE": "on" if one.key == delete else "",
        }
        for place, one in enumerate(question.options.all(), 1)
    ]
    data = {
        "checker": question.checker_id,
        "key": question.key,
        "text": question.text,
        "hint": "",
        "why": question.why,
        "kind": question.kind,
        "scale": "on" if question.scale else "",
        "crowd_note": "",
        "note": "",
        "section": "",
        "asked_after_picked": [row.option_id for row in question.asked_after.all()],
    }
    return data | nested_form_data({"options": inline_formset(rows, initial=len(rows))})

"""Why a page cannot be published yet, in words that say what to do."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from library.audit import sourcing, urgency
from library.audit.finding import Finding
from library.audit.from_site import audit_page
from library.audit.library import Library
from library.audit.pages import CARE, AuditPage, Names
from library.models import Source

NO_CARD = "urgency card"


def reasons_against(page: Any, request: Any = None) -> list[Finding]:
    """What keeps this page from its readers; an empty list if nothing does.

    Only what is certain holds a page back. That words *name* a red flag is a guess about language:
    the quality panel says it, and the editor decides.
    """
    names = Names(
        dict(Page.objects.values_list("pk", "slug")), dict(Source.objects.values_list("pk", "key"))
    )
    return holding(page, audit_page(page, names), request)


def holding(page: Any, audited: AuditPage, request: Any = None) -> list[Finding]:
    """The same, where the audit has read the page already."""
    alone = Library(pages=())
    found = [*missing_card(page, audited, request), *sourcing.sources(audited, alone)]
    if audited.fields.get("works_calf"):
        found += urgency.calf_work(audited, alone)
    return [for_editors(finding) for finding in found]


#: How the content files name things → what the same thing is called in the editor.
_IN_THE_EDITOR = {
    "sources": _("In that block, add a source that carries it."),
    "red flag": _("Under “Urgency comes first”, tick a condition that has this sign."),
    "calf work": _("Under “Urgency comes first”, tick the page on clots in the leg."),
    "comparison": _("Fill the fields under “In the comparison table”, a few plain words each."),
    "way on": _("Link to another page, or name a tip, a treatment or a look-alike."),
    "description": _("Write 50 to 160 characters as the meta description, under “Promote”."),
}


def for_editors(finding: Finding) -> Finding:
    """The same finding, with the mending told in the words of the editor's own screen."""
    mend = str(_IN_THE_EDITOR.get(finding.check) or finding.mend)
    place = re.sub(r"^prose\b", gettext("Text"), finding.place)
    return replace(finding, mend=mend, place=place)


def missing_card(page: Any, audited: AuditPage, request: Any = None) -> Iterator[Finding]:
    """A cause, a treatment, a topic or an exercise opens with what is urgent."""
    if page.needs_card and not _opens_with_card(audited, request):
        reason = gettext("No urgency card opens this page.")
        mend = gettext(
            "Under “Urgency comes first”, tick the conditions whose warning signs a reader of "
            "this page must know."
        )
        yield Finding(audited.name, NO_CARD, "", reason, mend)


def _opens_with_card(audited: AuditPage, request: Any) -> bool:
    """One of the checker's cards, or one written on the page itself.

    The checker's are asked for in a template, where the two halves of the house meet; no import
    runs from here to there. Where no checker is live, ticked signs are taken on trust.
    """
    if any(block.kind == CARE for block in audited.blocks):
        return True
    if not audited.care:
        return False
    context = {"care_keys": audited.care, "request": request}
    cards, checkers = render_to_string("library/admin/has_card.html", context).split("\n---\n")
    return bool(cards.strip()) or not checkers.strip()

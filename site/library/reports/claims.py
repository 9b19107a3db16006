"""Claims without a source: on published pages from before, and on drafts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from library.audit import sourcing
from library.audit.from_site import audit_page
from library.audit.library import Library
from library.audit.pages import Names
from library.reports.columns import LinesColumn
from library.reports.looked_at import LookedAtReport
from library.reports.pages import PAGE_COLUMNS


class ClaimsReport(LookedAtReport):
    slug = "claims"
    page_title = _("Claims without a source")
    header_icon = "help"
    no_results_message = _("Every claim names its source.")
    list_export = ["title", "status_string", "claims_text"]
    export_headings = {"claims_text": _("Claims")}
    columns = [*PAGE_COLUMNS, LinesColumn("claims", label=_("Where"))]

    def look(self, draft: Any, against: tuple[Library, Names]) -> tuple[Any, ...] | None:
        library, names = against
        found = sourcing.sources(audit_page(draft, names), library)
        draft.claims = [finding.place for finding in found]
        draft.claims_text = "; ".join(draft.claims)
        return () if draft.claims else None

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from library.sources.lookup import LookupUnavailable, look_up

_PREFIXES = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:")


class SourceForm(WagtailAdminModelForm):
    """A source must lead somewhere, and a withdrawn one must say since when."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(self._bare_doi(data), *args, **kwargs)

    @staticmethod
    def _bare_doi(data: Any) -> Any:
        """A DOI is often pasted as a link. Take the link off rather than send the editor back."""
        if not data or not data.get("doi"):
            return data
        data = data.copy()
        doi = data["doi"].strip()
        prefix = next((p for p in _PREFIXES if doi.lower().startswith(p)), "")
        data["doi"] = doi[len(prefix) :].strip()
        return data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        status = self.instance.Status
        if cleaned.get("status") == status.WITHDRAWN:
            cleaned["withdrawn_on"] = cleaned.get("withdrawn_on") or timezone.localdate()
        else:
            cleaned["withdrawn_on"] = None
        if cleaned.get("kind") != self.instance.Kind.EXPERT and not (
            cleaned.get("doi") or cleaned.get("url") or {"doi", "url"} & self.errors.keys()
        ):
            self.add_error("url", _("Give a DOI or an address, so that a reader can open it."))
        if "doi" in self.changed_data and cleaned.get("doi"):
            self._look_up(cleaned["doi"])
        return cleaned

    def _look_up(self, doi: str) -> None:
        ask = look_up()
        if ask is None:
            return
        try:
            found = ask(doi)
        except LookupUnavailable:
            return
        if found is None:
            self.add_error("doi", _("No work is registered under this DOI. Look it up again."))
        elif found.withdrawn:
            self.add_error("doi", _("This work has been withdrawn. Choose another source."))

from typing import Any

from django.db import models
from django.http import HttpRequest

from library.listed import known
from library.neighbours import Beside
from library.related import related


class RelatedCauses(models.Model):
    """What tips and treatments share: causes name them, and a list shows them kind by kind."""

    #: Query path from a cause to this page, set by each page type.
    cause_path: str
    kind: Any

    class Meta:
        abstract = True

    @property
    def causes(self) -> list[Any]:
        """The other end of a relation that cause pages hold: which causes name this page."""
        from library.models import CausePage

        named = CausePage.objects.live().filter(**{self.cause_path: self.pk})
        return related(self, lambda: named.distinct().order_by("path"))

    def beside(self) -> Beside:
        """In the order of the list above it: by title, among its own kind."""
        pages: Any = type(self)._default_manager
        sisters = pages.live().sibling_of(self).filter(kind=self.kind)
        return Beside(self, sisters, ("kind", "title", "pk"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, "causes": known(self, "causes", request)}

"""The page before and the page after, in the order in which a list shows its pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When


@dataclass(frozen=True)
class Beside:
    """Queries for one primary key each, to be part of another query: none is asked alone. Two rows
    are read, however many pages there are."""

    page: Any
    sisters: QuerySet[Any]
    #: Names of columns that together tell any two sisters apart.
    order: tuple[str, ...]

    @property
    def place(self) -> tuple[Any, ...]:
        """Where the page stands: the same place has the same pages beside it."""
        return tuple(getattr(self.page, name) for name in self.order)

    @property
    def before(self) -> QuerySet[Any]:
        backwards = [f"-{name}" for name in self.order]
        found = self.sisters.filter(_beyond(self.page, self.order, "lt"))
        return found.order_by(*backwards).values("pk")[:1]

    @property
    def after(self) -> QuerySet[Any]:
        found = self.sisters.filter(_beyond(self.page, self.order, "gt"))
        return found.order_by(*self.order).values("pk")[:1]

    @property
    def either(self) -> Q:
        return Q(pk__in=self.before) | Q(pk__in=self.after)

    @property
    def side(self) -> Case:
        """-1 for the page before, 1 for the page after, 0 for any other."""
        before = When(pk__in=self.before, then=Value(-1))
        return Case(before, When(pk__in=self.after, then=Value(1)), default=Value(0))


def _beyond(page: Any, order: tuple[str, ...], side: str) -> Q:
    """What stands on one side of the page: compared by the first name, then by the next."""
    first, *rest = order
    value = getattr(page, first)
    beyond = Q(**{f"{first}__{side}": value})
    return beyond | Q(**{first: value}) & _beyond(page, tuple(rest), side) if rest else beyond

"""Puts the checker's urgent answers above search results, so that no import runs back."""

from typing import Any

from django import template

from checker.templatetags.checker_tags import _live
from checker.urgent_search import urgent_cards
from library.search.query import Query

register = template.Library()


@register.inclusion_tag("components/care_cards.html", takes_context=True)
def urgent_answer(context: dict[str, Any], query: Query | None) -> dict[str, Any]:
    """The care cards of the red flags that a query speaks of."""
    if query is None or not query.concepts:
        return {"cards": []}
    return {"cards": urgent_cards(query, [live.ruleset for live in _live(context)])}

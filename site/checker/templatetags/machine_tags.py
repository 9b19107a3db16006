"""Care cards for machine-readable forms of library pages, in the words of the live rules."""

import json
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from checker.care import CareCard, all_cards
from checker.care import care_cards as build_cards
from checker.releases import LiveRelease
from checker.templatetags.checker_tags import _live

register = template.Library()


@register.simple_tag(takes_context=True)
def urgent_cards(context: dict[str, Any], keys: Sequence[str]) -> list[CareCard]:
    """The same cards that ``care_cards`` shows, for a template that writes them in its own way."""
    return build_cards([live.ruleset for live in _live(context)], keys) if keys else []


@register.inclusion_tag("components/care_cards.html", takes_context=True)
def every_urgent_card(context: dict[str, Any]) -> dict[str, list[CareCard]]:
    """All that is urgent, of every checker: the page to keep for when there is no network."""
    return {"cards": [card for live in _live(context) for card in all_cards(live.ruleset)]}


@register.simple_tag(takes_context=True)
def rules_in_force(context: dict[str, Any]) -> list[LiveRelease]:
    """Which release of each checker the cards of a page are from, for whoever holds it on paper."""
    return list(_live(context))


@register.filter
def as_json(cards: Sequence[CareCard]) -> SafeString:
    rows = [
        {
            "level": card.level,
            "title": str(card.title),
            "lead": str(card.lead),
            "lines": list(card.lines),
        }
        for card in cards
    ]
    return mark_safe(json.dumps(rows))  # noqa: S308 - JSON for a program, never part of a page

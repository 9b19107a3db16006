from typing import Any

from django import template

from review import signing
from review.dates import default_until

register = template.Library()


@register.filter
def version(revision: Any) -> str:
    """What the signing window sends back, to say which text was on the screen."""
    return signing.version(revision)


@register.filter
def signer(user: Any) -> Any:
    """How this person signs."""
    return signing.profile_of(user)


@register.filter
def usual_date(page: Any) -> Any:
    """Until when a sign-off of this page would usually stand."""
    return default_until(page.specific)

"""Marks a set of rules as having passed the gate, in a way that nobody can write by hand.

Writing rows into the database by hand, or restoring them from elsewhere, gives no valid mark;
such rules are then put through the gate again before any visitor meets them.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "checker.gate"


def certificate_for(digest: str) -> str:
    return salted_hmac(_SALT, digest, algorithm="sha256").hexdigest()


def is_certified(digest: str, certificate: str) -> bool:
    return constant_time_compare(certificate_for(digest), certificate)

"""A visitor's answers: one signed, short-lived cookie of their own browser, and nowhere else.

No row, no log line, no address, no third party. The cookie is sent to the checker's own pages
only, cannot be read by scripts, and is refused once it is older than CHECKER_COOKIE_MINUTES.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

_SALT = "checker.answers"
_LIMIT = 4000  # browsers keep about 4 KB a cookie; ours is a few hundred bytes


class AnswersLost(Exception):  # noqa: N818 - it reads as what it is
    """There was a cookie, but it is too old or was tampered with."""


@dataclass(frozen=True)
class Kept:
    """What the cookie holds: the answers, and the release whose questions they answer."""

    release: int = 0
    answers: dict[str, str] = field(default_factory=dict)


def cookie_name(checker: str) -> str:
    return f"answers-{checker}"


def read_answers(request: HttpRequest, checker: str) -> Kept:
    """The visitor's answers so far. Raises AnswersLost where a cookie cannot be trusted."""
    raw = request.COOKIES.get(cookie_name(checker))
    if not raw:
        return Kept()
    try:
        # The name of the checker is signed too: answers to one never count for another.
        value: Any = signing.loads(raw[:_LIMIT], salt=_salt(checker), max_age=_seconds())
        return Kept(int(value["release"]), {str(k): str(v) for k, v in value["answers"].items()})
    except (signing.BadSignature, KeyError, TypeError, AttributeError, ValueError) as error:
        raise AnswersLost from error


def keep_answers(
    response: HttpResponse, checker: str, release: int, answers: Mapping[str, str]
) -> None:
    value = {"release": release, "answers": dict(answers)}
    response.set_cookie(
        cookie_name(checker),
        signing.dumps(value, salt=_salt(checker), compress=True),
        max_age=_seconds(),
        path=reverse("checker:start", args=[checker]),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def forget_answers(response: HttpResponse, checker: str) -> None:
    response.delete_cookie(
        cookie_name(checker), path=reverse("checker:start", args=[checker]), samesite="Strict"
    )


def _salt(checker: str) -> str:
    return f"{_SALT}.{checker}"


def _seconds() -> int:
    return int(settings.CHECKER_COOKIE_MINUTES) * 60

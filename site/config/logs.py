"""What the log says of a request: its route, never its query, its answers, its body or its sender.

Readers come here with symptoms. So a line names the pattern that an address matched and not the
address, and an error names its kind and its place in the code and not its words, because those
often quote what was sent. Only where DEBUG is on are errors written out in full.
"""

import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse

access = logging.getLogger("causeway.access")
request_id: ContextVar[str] = ContextVar("request_id", default="")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
PAGES = "library:page"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_OUR_FIELDS = ("method", "route", "page", "status", "ms")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class RequestLog:
    """One line for each request that reaches Django, under an identity that the answer tells too.

    A proxy in front may give the identity (``X-Request-ID``): so its log and ours fit together.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = monotonic()
        given = request.headers.get("X-Request-ID", "")
        identity = given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(12)
        token = request_id.set(identity)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = identity
            told = {
                "method": request.method if request.method in METHODS else "OTHER",
                "route": route_of(request),
                **_public_page(request, response),
                "status": response.status_code,
                "ms": round((monotonic() - begun) * 1000),
            }
            access.info("%(method)s %(route)s %(status)s %(ms)s ms", told, extra=told)
        finally:
            request_id.reset(token)
        return response


def route_of(request: HttpRequest | None) -> str:
    """The pattern that the address matched; "-" where there is none."""
    match = getattr(request, "resolver_match", None)
    return (match.route or "/") if match else "-"


def _public_page(request: HttpRequest, response: HttpResponse) -> dict[str, str]:
    """All pages share one pattern. A page has a public address; a wrong one may hold anything."""
    match = request.resolver_match
    is_page = match is not None and match.view_name == PAGES and response.status_code == 200
    return {"page": request.path} if is_page else {}


class Discreet(logging.Formatter):
    """A line for people, without what a visitor sent."""

    def __init__(self, *, whole_errors: bool = False) -> None:
        super().__init__("{asctime} {levelname} {name}{identity}: {message}", style="{")
        self.whole_errors = whole_errors

    def format(self, record: logging.LogRecord) -> str:
        copy = logging.makeLogRecord(record.__dict__)
        copy.msg, copy.args, copy.exc_text = words(record), (), None
        copy.exc_info = fault(record)
        copy.identity = f" [{request_id.get()}]" if request_id.get() else ""
        return super().format(copy)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        if self.whole_errors:
            return super().formatException(ei)
        return "\n".join(_places(ei))


class JsonLines(Discreet):
    """The same for machines: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words(record),
        }
        if identity := request_id.get():
            line["request_id"] = identity
        if record.name == access.name:
            line.update((k, v) for k, v in record.__dict__.items() if k in _OUR_FIELDS)
        if error := fault(record):
            line["error"] = self.formatException(error)
        return json.dumps(line, ensure_ascii=False)


def fault(record: logging.LogRecord) -> Any:
    """What failed, where the fault is ours. For a request that somebody damaged a line is enough:
    else whoever sends many of them fills the disk."""
    status = getattr(record, "status_code", None)
    return None if isinstance(status, int) and status < 500 else record.exc_info


def words(record: logging.LogRecord) -> str:
    """Django's own lines about a request quote its address, its host or where it came from."""
    request = getattr(record, "request", None)
    if request is not None or record.name.startswith("django.security"):
        status = getattr(record, "status_code", "")
        return f"{record.name.removeprefix('django.')} {status} {route_of(request)}"
    return record.getMessage()


def _places(error: ExcInfo) -> Iterator[str]:
    """Kind and place of an error and of those that led to it."""
    for link in _chain(error[1]):
        kind = type(link)
        yield f"{kind.__module__}.{kind.__qualname__}"
        for frame in traceback.extract_tb(link.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__

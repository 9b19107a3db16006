"""What the log says of a visit: enough to mend the site, nothing about the visitor."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config import services
from config import urls as site_urls
from config.logs import Discreet, JsonLines
from config.serving.entry import make_entry
from library.fresh import Footing
from library.models import CausePage

SECRET, ADDRESS = "Xyzzyword", "203.0.113.77"
EVERYWHERE = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_REFERER": f"https://elsewhere.example/?q={SECRET}",
    "HTTP_USER_AGENT": SECRET,
}


def broken(request: HttpRequest, name: str) -> HttpResponse:
    try:
        int(request.POST["words"])
    except ValueError as error:
        raise RuntimeError(f"cannot do {request.POST['words']}") from error
    return HttpResponse()


urlpatterns = [path("broken/<slug:name>/", broken), *site_urls.urlpatterns]


handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500


class Log:
    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == "causeway.access"]


@pytest.fixture(params=[JsonLines])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """All that LOG_LEVEL=DEBUG, the most an owner can ask for, writes."""
    found, root = Log(), logging.getLogger()
    handler = logging.StreamHandler(found.stream)
    handler.setFormatter(request.param())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield found
    root.setLevel(level)
    root.removeHandler(handler)


plain = pytest.mark.parametrize("log", [Discreet], indirect=True)


def visitor(**options: Any) -> Client:
    return Client(raise_request_exception=False, **options, **EVERYWHERE)


def walk() -> str:
    """Search, ask the checker, tell us something, lose the way. Gives a question's key."""
    client = visitor()
    page = CausePage.objects.get(key="strain")
    client.get(page.url)
    for address in ("/search/", "/search/suggest/", page.url, "/a-z/"):
        client.get(address, {"q": SECRET})
    first = client.get("/symptom-checker/back-and-calf/begin/")["Location"]
    client.get(first)
    client.post(first, {"answer": SECRET})
    ours = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    form = re.search(r'action="([^"]*feedback[^"]*)"', client.get(page.url).content.decode())
    assert form, "the page asks for feedback"
    client.post(form[1], {"clear": "no", "words": SECRET}, **ours)
    assert client.get(f"/{SECRET}/", {"q": SECRET}).status_code == 404
    assert client.get("/", headers={"host": f"{SECRET}.example"}).status_code == 400
    assert client.post(f"/broken/{SECRET}/", {"words": SECRET}).status_code == 500
    refused = visitor(enforce_csrf_checks=True).post(first, {"answer": SECRET})
    assert refused.status_code == 403
    return first.rstrip("/").rpartition("/")[2]


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("library")
def test_no_line_holds_what_a_visitor_sent(log: Log) -> None:
    question = walk()
    assert SECRET.lower() not in log.text.lower()
    assert ADDRESS not in log.text
    assert "?" not in log.text.replace("(?", "")
    assert f"/{question}/" not in log.text
    routes = {(line["method"], line["route"], line["status"]) for line in log.requests}
    assert {("GET", "search/", 200), ("POST", "broken/<slug:name>/", 500)} <= routes
    assert {status for _method, _route, status in routes} >= {200, 302, 400, 403, 404, 500}


@plain
@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("library")
def test_lines_for_people_hold_no_more(log: Log) -> None:
    walk()
    assert SECRET.lower() not in log.text.lower()
    assert ADDRESS not in log.text
    assert re.search(r"causeway\.access \[[0-9a-f]{24}\]: GET search/ 200 \d+ ms", log.text)


@pytest.mark.urls(__name__)
def test_an_error_names_its_kinds_and_its_places(log: Log) -> None:
    visitor().post("/broken/leg/", {"words": SECRET})
    told = next(line for line in log.lines if line["level"] == "ERROR")
    assert told["message"] == "request 500 broken/<slug:name>/"
    assert re.search(r"test_logs\.py:\d+ in broken", told["error"])
    assert "builtins.RuntimeError" in told["error"]
    assert "builtins.ValueError" in told["error"]
    assert told["request_id"] == log.requests[-1]["request_id"]


@pytest.mark.usefixtures("library")
def test_a_page_is_named_and_a_wrong_address_is_not(log: Log) -> None:
    page = CausePage.objects.get(key="strain")
    Client().get(page.url)
    Client().get("/no-such-page/")
    assert [line.get("page") for line in log.requests] == [page.url, None]


def test_the_identity_of_a_proxy_is_taken_and_told(log: Log) -> None:
    answer = Client().get("/healthz", headers={"x-request-id": "0af7651916cd43dd8448eb211c80319c"})
    assert answer.headers["X-Request-ID"] == "0af7651916cd43dd8448eb211c80319c"
    assert log.requests[0]["request_id"] == "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize("given", ["short", "a" * 65, "with space in it", 'x"}\nforged-line', ""])
def test_any_other_identity_is_replaced(log: Log, given: str) -> None:
    answer = Client().get("/healthz", headers={"x-request-id": given})
    assert re.fullmatch(r"[0-9a-f]{24}", answer.headers["X-Request-ID"])
    assert log.requests[0]["request_id"] == answer.headers["X-Request-ID"]


def test_a_made_up_method_is_not_repeated(log: Log) -> None:
    Client().generic(SECRET.upper(), "/healthz")
    assert log.requests[0]["method"] == "OTHER"


def test_a_kept_page_does_not_tell_the_identity_of_who_asked_first() -> None:
    headers = [("Content-Type", "text/html"), ("X-Request-ID", "0af7651916cd")]
    told = make_entry(Footing(1, date.today(), None), b"A page", headers).best("").headers
    assert "X-Request-ID" not in dict(told)


def test_templates_do_not_tell_the_values_that_they_show() -> None:
    assert logging.getLogger("django.template").getEffectiveLevel() == logging.WARNING


def test_an_unknown_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT"):
        services.logging(environ.Env(), whole_errors=False)


def test_whole_errors_are_for_development_only() -> None:
    try:
        raise RuntimeError(SECRET)
    except RuntimeError as error:
        told = (type(error), error, error.__traceback__)
    assert SECRET in Discreet(whole_errors=True).formatException(told)
    assert SECRET not in Discreet().formatException(told)

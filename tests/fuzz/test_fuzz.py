"""Twenty thousand hostile requests at every view of the URLconf, kept pages included.

None may end in an error of ours, log a traceback, take long, or write anything but feedback and
searches without a result.
"""

import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from hostile import FIELDS, HEADERS, METHODS, TEXTS, Attacker, Hostile, as_wsgi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from routes import Route, routes
from wagtail.models import Page

from checker.models import Release
from config.serving.kept_pages import Application
from config.wsgi import build
from in_process import ask, connection_stays

pytestmark = pytest.mark.usefixtures("library")
SEEDS = range(8)
EACH = 2500
BY_HYPOTHESIS = 400
#: Processor seconds. A hundred times what any of them takes: meant for catastrophes.
SLOWEST = 5.0
MAY_BE_WRITTEN = {"library_feedback", "library_missedsearch"}
#: How the site's own log names a line of code that failed (config.logs).
PLACE = re.compile(r"^  \S+\.py:\d+ in ", re.MULTILINE)
#: Who begins to sign in with a passkey has a session, which ends by itself (manage.py chores).
SESSIONS, SIGN_IN = "django_session", f"/{site.SIGN_IN_PATH}2fa/webauthn/login/"
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO|ALTER|DROP)\s+"?(\w+)')


@dataclass
class Watch:
    """What went wrong while it watched."""

    application: Application
    log: StringIO
    problems: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    request: Hostile = field(default_factory=lambda: Hostile("/"))

    def send(self, request: Hostile) -> None:
        self.request, before = request, time.thread_time()
        try:
            answer = ask(self.application, request.path, request.body, **request.environ)
        except Exception as error:  # the server would answer 500 and print a traceback
            self.problems.append(f"{error!r}: {request!r:.2000}")
            return
        took = time.thread_time() - before
        self.slowest = max(self.slowest, (took, f"{request!r:.300}"))
        self.statuses[answer.status] += 1
        prefetch = "prefetch" in request.environ.get("HTTP_SEC_PURPOSE", "")
        if answer.status >= 500 and not (answer.status == 503 and prefetch):
            self.problems.append(f"{answer.status}: {request!r:.2000}")

    def written(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        signing_in = SESSIONS in sql and self.request.path.startswith(SIGN_IN)
        if found and found[1] not in MAY_BE_WRITTEN and not signing_in:
            self.problems.append(f"written: {sql[:200]} by {self.request!r:.500}")
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def application(django_db_setup: None) -> Application:
    """One for all tests: what one of them made is kept for the next."""
    return build()


@contextmanager
def watching(application: Application) -> Iterator[Watch]:
    """The log is read as an owner would see it: through the site's own handlers and filters."""
    watch, before = Watch(application, StringIO()), rows()
    root = logging.getLogger()
    handlers = [one for one in root.handlers if type(one) is logging.StreamHandler]
    assert handlers, "the site logs to a stream"
    streams = [handler.setStream(watch.log) for handler in handlers]
    level = root.level
    root.setLevel(logging.INFO)
    try:
        with connection_stays(), connection.execute_wrapper(watch.written):
            yield watch
    finally:
        root.setLevel(level)
        for handler, stream in zip(handlers, streams, strict=True):
            handler.setStream(stream)
    assert watch.problems == [], f"{len(watch.problems)}: {watch.problems[:5]}"
    assert not PLACE.search(watch.log.getvalue()), watch.log.getvalue()[-3000:]
    assert watch.slowest[0] < SLOWEST, watch.slowest
    assert rows() == before


def rows() -> dict[str, int]:
    """How many rows each table has."""
    tables = set(connection.introspection.table_names()) - MAY_BE_WRITTEN - {SESSIONS}
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def attacker(seed: int) -> Attacker:
    pages = list(Page.objects.live().filter(depth__gt=1))
    paths = [path for page in pages[:25] if (path := page.get_url())]
    release = Release.objects.latest("number")
    questions = [row["key"] for row in release.snapshot["questions"]["question"]]
    values = [
        *(str(page.pk) for page in pages[:20]),
        *(page.slug for page in pages[:20]),
        *(path.strip("/") for path in paths),
        *questions,
        *("back-and-calf", str(release.number), "back", "no", "yes", "json", "pages", "CausePage"),
    ]
    public = [route for route in routes() if route.is_public]
    closed = [route for route in routes() if not route.is_public]
    random = Random(seed)
    some = random.sample(closed, max(1, len(public) // 6))
    views = (
        "/a-z/",
        "/emergency/",
        "/sitemap.xml",
        "/llms.txt",
        "/healthz",
        "/static/css/site.css",
    )
    return Attacker(random, [*public, *some], [*paths, *views], values)


def test_the_views_are_found_in_the_urlconf() -> None:
    found = {route.template for route in routes() if route.is_public}
    assert {
        "healthz",
        "search/",
        "feedback/%(page_id)s/",
        "symptom-checker/%(name)s/questions/%(key)s/",
        "documents/%(_0)s/%(_1)s",
        "api/v2/pages/%(pk)s/",
    } <= found


def test_the_watch_sees_what_it_is_for(application: Application) -> None:
    """An error, a row, and a traceback in the log are noticed."""

    def fails(_environ: Any, _start: Any) -> Any:
        raise ZeroDivisionError

    watch = Watch(fails, StringIO())
    watch.send(Hostile("/"))
    watch.written(lambda *_: None, 'UPDATE "auth_user" SET x', (), False, {})
    watch.written(lambda *_: None, 'INSERT INTO "library_feedback" ("x")', (), False, {})
    assert [problem.split(":")[0] for problem in watch.problems] == [
        "ZeroDivisionError()",
        "written",
    ]
    with pytest.raises(AssertionError, match="ZeroDivisionError"), watching(application):
        logging.getLogger("django.request").error("500", exc_info=raised())


def raised() -> Exception:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        return error


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_breaks_under_hostile_requests(application: Application, seed: int) -> None:
    with watching(application) as watch:
        enemy = attacker(seed)
        for _ in range(EACH):
            watch.send(enemy.request())
    assert sum(watch.statuses.values()) == EACH
    assert watch.statuses[200] > EACH / 50, "some must reach the views"
    assert watch.statuses[429] == 0, "what is attacked here is not the limit"
    print(f"\nslowest {watch.slowest[0]:.3f} s: {watch.slowest[1]}\n{dict(watch.statuses)}")


text = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40))
header = st.text(st.characters(max_codepoint=255), max_size=60)


@st.composite
def requests(draw: st.DrawFn, known: list[Route]) -> Hostile:
    route = draw(st.sampled_from(known))
    path = route.filled({hole: draw(text) for hole in route.holes})
    query = draw(st.dictionaries(st.sampled_from(FIELDS), text, max_size=3))
    environ = {
        "REQUEST_METHOD": draw(st.sampled_from(METHODS)),
        "QUERY_STRING": as_wsgi("&".join(f"{name}={value}" for name, value in query.items())),
        "CONTENT_TYPE": draw(st.sampled_from(("application/x-www-form-urlencoded", "x", ""))),
        "REMOTE_ADDR": draw(st.ip_addresses().map(str)),
        **draw(st.dictionaries(st.sampled_from(sorted(HEADERS)), header, max_size=3)),
        **draw(st.fixed_dictionaries({}, optional={"HTTP_COOKIE": header, "HTTP_HOST": header})),
    }
    return Hostile(as_wsgi(path), draw(st.binary(max_size=200)), environ)


def test_nothing_breaks_under_what_hypothesis_thinks_of(application: Application) -> None:
    known = [route for route in routes() if route.is_public]
    with watching(application) as watch:

        @settings(
            max_examples=BY_HYPOTHESIS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(request=requests(known))
        def holds(request: Hostile) -> None:
            watch.send(request)
            assert not watch.problems

        holds()


def test_there_are_enough() -> None:
    assert len(SEEDS) * EACH + BY_HYPOTHESIS >= 20_000

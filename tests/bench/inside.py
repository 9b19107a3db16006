"""What one answer costs inside a worker: processor time and queries, as JSON. Run by serving.py.

Processor time, not time by the clock: other programs on the machine must not be measured.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from http.cookies import SimpleCookie
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application

APP = get_wsgi_application()
HOST = sys.argv[1]
ARTICLE, CHECKER = sys.argv[2], "/symptom-checker/back-and-calf/"
TIMES = 40


class Visitor:
    """Asks the application itself, without a server; keeps cookies as a browser does."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        body = urlencode(form or {}).encode()
        path, _, query = path.partition("?")
        told: list[Any] = []
        environ = {
            "REQUEST_METHOD": "GET" if form is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": f"http://{HOST}",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "SERVER_NAME": HOST.split(":")[0],
            "SERVER_PORT": HOST.split(":")[1],
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": f"127.2.0.{1 + int(time.time()) % 200}",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        answer = APP(environ, lambda *args: told.extend(args))
        text = b"".join(answer).decode()
        answer.close()
        for name, value in told[1]:
            if name == "Set-Cookie":
                for cookie in SimpleCookie(value).values():
                    self.cookies[cookie.key] = cookie.value
        where = dict(told[1]).get("Location", "")
        if where:
            return where, ""
        if not told[0].startswith("200"):
            raise SystemExit(f"{path}: {told[0]}")
        return path, text


def cost(act: Callable[[], object], before: Callable[[], object] = lambda: None) -> dict[str, Any]:
    from django.db import connection, reset_queries

    for _ in range(5):
        before()
        act()
    before()
    # Django forgets queries at the beginning of each request; a step is two of them.
    request_started.disconnect(reset_queries)
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    act()
    queries = len(connection.queries_log)
    connection.force_debug_cursor = False
    took = []
    for _ in range(TIMES):
        before()
        began = time.process_time()
        act()
        took.append((time.process_time() - began) * 1000)
    return {
        "ms": round(statistics.median(took), 2),
        "best": round(min(took), 2),
        "queries": queries,
    }


def step(answer: str, at: tuple[str, str], visitor: Visitor) -> tuple[str, str]:
    """A POST, its redirect, and the page that it leads to."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', at[1]))
    where, text = visitor.ask(at[0], {**hidden, "answer": answer})
    return (where, text) if text else visitor.ask(where)


def checker_step() -> dict[str, Any]:
    """From the first question to the second."""
    visitor = Visitor()
    first = visitor.ask(visitor.ask(CHECKER + "begin/")[0])
    begun = dict(visitor.cookies)

    def again() -> None:
        visitor.cookies = dict(begun)

    for answer in re.findall(r'name="answer"[^>]*value="([^"]+)"', first[1]):
        again()
        if "/questions/" in step(answer, first, visitor)[0]:
            return cost(partial(step, answer, first, visitor), again)
    raise SystemExit("No answer to the first question leads to another question.")


def just_published(visitor: Visitor) -> dict[str, Any]:
    """The first answer after an editor changed a sentence and published."""
    from library.models import CausePage

    editions = count(1)
    words = ""

    def publish() -> None:
        nonlocal words
        page = CausePage.objects.get(slug=ARTICLE.strip("/").split("/")[-1])
        words = f"Edition {next(editions)} of this text."
        text = json.dumps(page.body.get_prep_value())
        text = re.sub(r"(?: Edition \d+ of this text\.)?</p>", f" {words}</p>", text, count=1)
        page.body = page.body.stream_block.to_python(json.loads(text))
        page.save_revision().publish()

    def ask() -> None:
        if words not in visitor.ask(ARTICLE)[1]:
            raise SystemExit("What was published is not shown.")

    return cost(ask, publish)


def main() -> None:
    visitor = Visitor()
    figures = {"article": cost(lambda: visitor.ask(ARTICLE))}
    if len(sys.argv) < 4:  # ours; a plain site has nothing else
        figures["article, just published"] = just_published(visitor)
        figures["search"] = cost(lambda: visitor.ask("/search/?q=swollen+calf"))
        figures["checker step"] = checker_step()
    print(json.dumps(figures))


main()

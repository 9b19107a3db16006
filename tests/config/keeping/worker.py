"""A process that does one thing for a test and may be killed at it, as by a power cut.

Started once, with Django loaded; it takes a line of JSON, forks, and lets the child do it. So a
test gets a real process and a real SIGKILL without waiting for Django each time.
"""

import json
import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from acts import ACTIONS

WRITES = r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Hook:
    """Counts statements and commits, and ends the process where it is told to."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.statement = re.compile(order.get("statement", WRITES), re.IGNORECASE)
        self.at_statement, self.at_commit = order.get("nth"), order.get("commit")
        self.before_move = order.get("move")
        self.statements = self.commits = 0

    def install(self, stack: ExitStack) -> None:
        from django.db import connection

        connection.ensure_connection()
        stack.enter_context(connection.execute_wrapper(self.execute))
        really_commit = connection._commit

        def commit() -> None:
            really_commit()
            self.commits += 1
            if self.commits == self.at_commit:
                die()

        connection._commit = commit
        if self.before_move:
            os.replace = lambda *_names: die()

    def execute(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self.statement.match(sql):
            self.statements += 1
            if self.statements == self.at_statement:
                die()
        return execute(sql, *rest)


def act(order: dict[str, Any]) -> dict[str, Any]:
    hook = Hook(order)
    with ExitStack() as stack:
        hook.install(stack)
        try:
            out = ACTIONS[order["do"]](*order["args"])
        except BaseException as error:  # everything is for the test to see
            return {"error": f"{type(error).__name__}: {error}"}
    return {"out": out, "statements": hook.statements}


def fork(order: dict[str, Any]) -> dict[str, Any]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as pipe:
            json.dump(act(order), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"killed": os.WTERMSIG(status)}
    return dict(json.loads(told))


def main() -> None:
    import django
    from django.conf import settings

    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": static}  # nothing is collected here
    django.setup()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads every view, once for all children
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what commands print is no answer
    for line in sys.stdin:
        answers.write(json.dumps(fork(json.loads(line))) + "\n")


if __name__ == "__main__":
    main()

"""What the worker does for a test: editing, releasing, looking, and this on a disk that is full."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import StringIO
from typing import Any


def command(*args: str) -> str:
    from django.core.management import call_command

    out = StringIO()
    call_command(*args, stdout=out, stderr=out)
    return out.getvalue()


def draft(text: str) -> str:
    from library.models import CausePage

    page = CausePage.objects.get(key="strain").get_latest_revision_as_object()
    page.answer = text
    return str(page.save_revision(log_action=True).pk)


def publish() -> str:
    from library.models import CausePage

    CausePage.objects.get(key="strain").latest_revision.publish()
    return ""


def accounts() -> str:
    from django.contrib.auth.models import Group, User

    for name, group in (("anna", "Clinician"), ("lena", "Safety lead")):
        user = User.objects.create_user(name, f"{name}@example.org")
        user.groups.add(Group.objects.get(name=group))
    return ""


def profile() -> str:
    from django.contrib.auth.models import User
    from wagtail.users.models import UserProfile

    user = User.objects.get(username="lena")
    UserProfile.objects.create(user=user, preferred_language="en")
    return ""


def propose() -> str:
    from django.contrib.auth.models import User

    from checker.models import CheckerQuestion, WorkingCopy
    from checker.proposals import propose

    CheckerQuestion.objects.filter(pk=CheckerQuestion.objects.first().pk).update(why="Other words.")
    anna = User.objects.get(username="anna")
    return str(propose(WorkingCopy.objects.get(), anna, "Other words.").pk)


def approve() -> str:
    from django.contrib.auth.models import User

    from checker.models import ReleaseProposal
    from checker.proposals import approve

    lena = User.objects.get(username="lena")
    return str(approve(ReleaseProposal.objects.get(), lena, "Read.", lower_ok=True).number)


def get(*paths: str) -> dict[str, Any]:
    from django.test import Client

    answers = {path: Client().get(path, headers={"host": "localhost"}) for path in paths}
    return {path: [a.status_code, a.content.decode()] for path, a in answers.items()}


def look() -> dict[str, Any]:
    """Every row as one hash a table, after a look at whether the database is whole."""
    from django.apps import apps
    from django.db import connection

    from config.keeping import rows

    sound()
    tables = rows.tables(apps)
    return {name: rows.meaning(rows.read(connection, m)) for name, m in tables.items()}


def sound() -> str:
    """What SQLite says of its file, and whether all references lead to rows."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            checked = cursor.execute("PRAGMA integrity_check").fetchall()
        assert checked == [("ok",)], checked
    connection.check_constraints()
    return ""


def crowded() -> dict[str, Any]:
    """A worker whose disk takes not one byte more, and then does again."""
    import resource

    from config.serving.changes import counter

    told: dict[str, Any] = {"before": visits("/")}
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    told["reading"] = visits(
        "/", TOPIC, CAUSE, "/search/?q=strain", "/symptom-checker/back-and-calf/"
    )
    told["saving"] = attempt(lambda: draft("Not saved."))
    told["stamp"] = attempt(counter().move_on)
    told["reading after"] = visits(TOPIC, CAUSE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    told["healed"] = attempt(lambda: draft("Saved."))
    return told


def read_only() -> dict[str, Any]:
    """A worker whose disk lets itself be read only, and then is mended."""
    from django.conf import settings
    from django.db import connection
    from frozen import frozen

    from config.serving.changes import counter

    told: dict[str, Any] = {"before": visits("/")}
    with frozen(settings.DATA_DIR):
        told["opening a file"] = attempt(lambda: (settings.DATA_DIR / "new").write_text("x"))
        told["reading"] = visits(
            "/", TOPIC, CAUSE, "/a-z/", "/search/?q=strain", "/symptom-checker/back-and-calf/"
        )
        told["saving"] = attempt(lambda: draft("Not saved."))
        told["saving, as its editor sees it"] = attempt(publish)
        told["stamp"] = attempt(counter().move_on)
        told["reading after"] = visits(TOPIC, CAUSE, "/search/?q=clot")
        told["backup"] = attempt(lambda: command("backup", str(settings.DATA_DIR / "a.tar.gz")))
        with another_reader():
            connection.close()  # as a thread that had not asked the database before
            told["reading anew"] = visits(TOPIC, "/search/?q=walk")
    told["healed"] = attempt(lambda: draft("Saved."))
    told["published"] = attempt(publish)
    return told


@contextmanager
def another_reader() -> Iterator[None]:
    """Other threads have the database open."""
    import sqlite3

    from django.db import connection

    address = f"file:{connection.settings_dict['NAME']}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as other:
        other.execute("SELECT count(*) FROM django_migrations").fetchone()
        yield


def too_big(path: str) -> str:
    """A backup on a disk that is too small for it."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    return command("backup", path)


TOPIC = "/back-and-calf-pain/"

CAUSE = f"{TOPIC}back-and-calf-strain/"


def visits(*paths: str) -> list[int]:
    """As the server asks: the whole application, and the connection given back afterwards."""
    from django.test import RequestFactory

    from config.wsgi import application

    found: list[int] = []
    for path in paths:
        environ = RequestFactory(SERVER_NAME="localhost").get(path).environ
        answer = application(environ, lambda status, *_rest: found.append(int(status[:3])))
        b"".join(answer)
        getattr(answer, "close", lambda: None)()
    return found


def attempt(do: Callable[[], Any]) -> str:
    try:
        do()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "done"


ACTIONS: dict[str, Callable[..., Any]] = {
    do.__name__: do
    for do in (
        command,
        draft,
        publish,
        accounts,
        profile,
        propose,
        approve,
        get,
        look,
        sound,
        crowded,
        read_only,
        too_big,
    )
}

"""What every test stands on: settings of their own, no network, and the starter library on request.

There is no second settings file: tests run the settings that owners run, read from an environment
that is made here, before Django is loaded. That is why DJANGO_SETTINGS_MODULE is set here and not
in pyproject.toml, where pytest-django would load the settings before this file is read.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from snapshot import Ground

if settings.configured:
    raise pytest.UsageError(
        "Django is loaded already, with the settings and data of your shell. "
        "Run the tests without DJANGO_SETTINGS_MODULE in the environment."
    )
DATA_DIR = Path(tempfile.mkdtemp(prefix="causeway-tests-"))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
FROM_OUTSIDE = """
    DATABASE_URL CACHE_URL MEDIA_STORAGE MEDIA_URL STATIC_DIR CONTENT_DIR SITE_URL ALLOWED_HOSTS
    CSRF_TRUSTED_ORIGINS ADMIN_PATH SECOND_FACTOR TRUSTED_PROXIES EMAIL_URL CHECKER_MODE TIME_ZONE
    LOG_LEVEL LOG_FORMAT SECURITY_CONTACT SECRET_KEY_FALLBACKS
"""
for name in FROM_OUTSIDE.split():
    os.environ.pop(name, None)
os.environ.update(
    DJANGO_SETTINGS_MODULE="config.settings",
    DATA_DIR=str(DATA_DIR),
    SECRET_KEY="of-the-tests-only-" * 4,  # one for all workers: kept rows carry its signature
    DEBUG="0",
    LOG_LEVEL="ERROR",
)
#: Each of these files has tests that take longer than ten seconds on a machine that is not busy.
LONG = {"test_exactly", "test_fuzz", "test_growth", "test_killed", "test_restore", "test_untouched"}
GROUND = pytest.StashKey["Ground"]()
if "TEST_POSTGRESQL" in os.environ:  # set by tests/services/run.py
    os.environ["DATABASE_URL"] = os.environ["TEST_POSTGRESQL"]
    os.environ["CACHE_URL"] = f"{os.environ['TEST_REDIS']}/{WORKER}"


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """The few settings that would only cost time here: slow password hashes, hashed file names."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Each worker shall make an environment of its own: let it not inherit that of this process."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """For ``-n auto``: a test often waits, for its browser or a program, and leaves its core idle.

    Each takes about half a gigabyte, so there are no more than eight.
    """
    return min(2 * (os.cpu_count() or 1), 8)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each worker begins with a part of the list, and who is done takes over from others."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuses what would empty the database, with all that migrations put there.

    The longest come first: at the end of a run all workers then have something to do.
    """
    for item in items:
        if {"transactional_db", "live_server"} & fixtures(item):
            raise pytest.UsageError(f"{item.nodeid}: use “db”, or “site” of the browser tests")
    items.sort(key=lambda item: item.path.stem not in LONG)


def fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no need to look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Migrated once for all workers, each of which has a database of its own."""
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from snapshot import migrated_once, test_database

    connections["default"].settings_dict["TEST"]["NAME"] = test_database()
    made: list[Any] = []

    def migrate() -> None:
        made[:] = setup_databases(verbosity=0, interactive=False, keepdb=True)

    with django_db_blocker.unblock():
        migrated_once(migrate)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def library_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """The starter library as rows. Loaded once by the real command, then taken back."""
    from django.core.management import call_command
    from django.db import connection

    from loaded_once import loaded_once
    from snapshot import rows_made_by

    def load() -> Any:
        return rows_made_by(lambda: call_command("load_content", verbosity=0, stdout=StringIO()))

    with django_db_blocker.unblock():
        return loaded_once(f"library-{connection.vendor}", load)


@pytest.fixture(scope="session")
def ground(library_rows: Any, django_db_blocker: DjangoDbBlocker, request: Any) -> "Ground":
    """The database with and without the starter library."""
    from snapshot import Ground

    made = request.session.stash[GROUND] = Ground(library_rows, django_db_blocker)
    return made


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """It is there before the test's own transaction begins, and stays until a test is without."""
    if GROUND in item.session.stash:
        item.session.stash[GROUND].put(bool({"library", "site"} & fixtures(item)))


@pytest.fixture
def library(db: None, library_rows: Any, ground: "Ground") -> None:
    """The starter library is in the database; what the test does to it is taken back."""
    from snapshot import put_rows

    if not ground.has_library:  # only in the first such test, which made the ground
        put_rows(library_rows)


@pytest.fixture(scope="session", autouse=True)
def _second_factor(django_test_environment: None) -> Iterator[None]:
    """Whoever a test signs in has a second factor, as everybody must who edits."""
    from django.test import Client

    from second_factor import with_second_factor

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_second_factor(Client.force_login))
        yield


@pytest.fixture(autouse=True)
def _own_garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Who may leave open files to the garbage collector hears of them itself, and no later test."""
    yield
    marks = request.node.iter_markers("filterwarnings")
    if any("Unraisable" in mark.args[0] or "ResourceWarning" in mark.args[0] for mark in marks):
        gc.collect()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Nothing that a test left in the cache (menu, addresses of sites) reaches the next one."""
    from django.core.cache import cache

    from library import pieces

    cache.clear()
    pieces.forget()
    yield
    cache.clear()
    pieces.forget()

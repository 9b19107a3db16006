"""The site as it runs in production, while the servers that it stands on go away and come back."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message

from bench.production import ROOT, Production, production
from services.servers import PostgreSQL, Redis, running

PATIENCE = 60
PAGE = "/back-and-calf-pain/back-and-calf-strain/"
NUMBER = "5550199"
Answer = tuple[int, Message, str]


def ask(site: Production, address: str) -> Answer:
    try:
        with urllib.request.urlopen(site.url + address, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def wait_until(met: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < until, "not within a minute"
        time.sleep(0.2)


def do(site: Production, code: str) -> None:
    """In a process of its own, as an editor's worker on another machine would."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)


def publish(site: Production, title: str) -> None:
    do(
        site,
        "from library.models import CausePage\n"
        "page = CausePage.objects.get(key='strain')\n"
        f"page.title = {title!r}\n"
        "page.save_revision().publish()",
    )


def is_kept(site: Production) -> bool:
    return "ETag" in ask(site, PAGE)[1]


def test_the_site_outlives_its_servers() -> None:
    """One test, because to make the site ready takes longer than all that follows."""
    with (
        running(PostgreSQL) as postgresql,
        running(Redis) as redis,
        production(1, DATABASE_URL=postgresql.url, CACHE_URL=redis.url) as site,
    ):
        a_lost_database(site, postgresql)
        a_lost_cache(site, redis)


def a_lost_database(site: Production, database: PostgreSQL) -> None:
    # Given an owner with an emergency number of their own, and a page that was read
    do(
        site,
        "from library.models import SiteBrand\n"
        "from wagtail.models import Site\n"
        f"SiteBrand.objects.create(site=Site.objects.get(), emergency_number='{NUMBER}')",
    )
    before = ask(site, PAGE)
    assert (before[0], ask(site, "/search/?q=clot")[0], ask(site, "/readyz")[0]) == (200, 200, 200)
    assert is_kept(site)
    # When the database is lost
    database.stop()
    # Then what must be made is refused in plain words, with whom to call
    status, headers, words = ask(site, "/search/?q=clot")
    assert (status, headers["Retry-After"]) == (503, "30")
    assert f'href="tel:{NUMBER}"' in words
    assert "Traceback" not in words
    # And what is kept is read as before, at once
    begun = time.monotonic()
    for _time in range(20):
        assert ask(site, PAGE)[::2] == before[::2]
    assert time.monotonic() - begun < 10
    # And a load balancer is told, while nobody restarts the process
    assert ask(site, "/readyz")[0] == 503
    assert ask(site, "/healthz")[0] == 200
    # And when it is back, all is well without anybody's help
    database.start()
    wait_until(lambda: ask(site, "/search/?q=clot")[0] == 200)
    assert ask(site, "/readyz")[0] == 200
    publish(site, "Strain after the database came back")
    assert "Strain after the database came back" in ask(site, PAGE)[2]


def a_lost_cache(site: Production, cache: Redis) -> None:
    # Given a kept page
    wait_until(lambda: is_kept(site))
    # When the cache is lost
    cache.stop()
    # Then every answer is right, and is made for each reader
    for address in (PAGE, "/", "/search/?q=clot", "/symptom-checker/back-and-calf/", "/readyz"):
        assert ask(site, address)[0] == 200, address
    assert not is_kept(site)
    # And what is published meanwhile is read at once
    publish(site, "Strain while the cache was lost")
    assert "Strain while the cache was lost" in ask(site, PAGE)[2]
    # And when it is back, pages are kept again, and never those from before
    cache.start()
    wait_until(lambda: is_kept(site))
    assert "Strain while the cache was lost" in ask(site, PAGE)[2]
    publish(site, "Strain after the cache came back")
    assert "Strain after the cache came back" in ask(site, PAGE)[2]

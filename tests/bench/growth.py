"""What a large library costs: ``python tests/bench/growth.py``; ``make bench`` runs it, too.

Measured on the library that DATA_DIR (and DATABASE_URL) name. Where nothing is made up yet, and
only then, a library of ten thousand pages is made there, which takes some minutes: give it a folder
that may be thrown away. ``--make`` does no more than that, ``--counts`` only counts the queries of
any library, and ``--write FILE`` writes the figures.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asked
from look import look, memory

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = 10_000
Figures = dict[str, float]
Say = Callable[[str], None]


def measure(say: Say = print) -> Figures:
    """Milliseconds of pages and searches, MiB of memory; ``django.setup()`` has been called."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    opened = _open(client, asked.pages(), say)
    found = {f"{name}, ms": ms for name, ms in opened.items()}
    found["slowest page or list, ms"] = max(opened.values())
    found |= counts(client)
    found |= _searches(client, say)
    found["memory of a process, MiB"] = memory()
    return found | _desk(say)


def counts(client: Any) -> Figures:
    """Queries of what must not cost more in a large library, once it is warm."""
    for address in asked.SAME.values():
        client.get(address)
    return {f"queries: {name}": look(client, at, 2)[2] for name, at in asked.SAME.items()}


def _open(client: Any, addresses: dict[str, str], say: Say, times: int = 5) -> Figures:
    found = {}
    for name, address in addresses.items():
        ms, response, queries = look(client, address, times)
        size = len(response.content) / 1024
        say(f"{name:24} {ms:8.1f} ms {queries:4} queries {size:7.0f} KiB")
        found[name] = ms
    return found


def _desk(say: Say) -> Figures:
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _made = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True}
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    try:
        opened = _open(client, asked.desk(), say, times=3)
    finally:
        client.logout()
        user.delete()
    return {f"desk, {name}, ms": ms for name, ms in opened.items()}


def _searches(client: Any, say: Say) -> Figures:
    """The 95th of a hundred that readers ask, and the slowest of all that anybody can."""
    from library.search import suggest

    suggest._GOOD_FOR = 0  # a reader may be the first to type just this
    client.get("/search/?q=warm")
    found: Figures = {}
    usual: list[float] = []
    for name, addresses in asked.searches().items():
        times = sorted((look(client, address)[0], address) for address in addresses)
        worst, at = times[-1]
        found[f"search {name}, slowest, ms"] = worst
        found[f"search {name}, median, ms"] = times[len(times) // 2][0]
        say(f"search, {name:32} {times[len(times) // 2][0]:8.1f} median, {worst:.1f} {at[:60]}")
        if name in ("rare, common, misspelt, absent", "everywhere", "begun"):
            usual += [ms for ms, _address in times]
    found["search, 95th of 100, ms"] = sorted(usual)[int(len(usual) * 0.95)]
    found["search, slowest, ms"] = max(found[name] for name in found if "slowest" in name)
    say(f"search, 95th of 100 {found['search, 95th of 100, ms']:29.1f} ms")
    return found


def set_up() -> None:
    """Django as the site runs it, on static files as they lie in the source."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["LOG_LEVEL"] = "CRITICAL"
    os.environ["SECOND_FACTOR"] = "optional"  # the desk is measured, not its door
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    import django

    django.setup()


def make() -> None:
    """Bring the library up to date, and make it large if it is not yet."""
    from django.core.management import call_command

    from library.growth.remove import made_up
    from library.search.lexicon import bring_up_to_date

    call_command("migrate", verbosity=0, interactive=False)
    if not made_up().exists():
        call_command("load_content", verbosity=0)
        call_command("grow", str(PAGES))
    bring_up_to_date()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--make", action="store_true")
    options.add_argument("--counts", action="store_true")
    options.add_argument("--write", type=Path)
    given = options.parse_args()
    set_up()
    from django.test import Client

    if not given.counts:
        make()
    if given.make:
        return
    found = counts(Client(SERVER_NAME="127.0.0.1")) if given.counts else measure()
    if given.write:
        given.write.write_text(json.dumps(found))


if __name__ == "__main__":
    main()

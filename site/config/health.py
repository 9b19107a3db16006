"""Whether the process lives (/healthz) and whether it can do its work (/readyz)."""

import os
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checker.releases import all_live

ENOUGH_BYTES = 16 * 2**20


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database, so that its loss restarts nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Each check by name, and 503 while one of them fails, so that no reader is sent here.

    Only told, not failed, is a disk that cannot be written to: reading goes on without it.
    """
    results: dict[str, bool] = {}
    for name, check in CHECKS.items():
        # Without a database each other check would wait for it in vain.
        results[name] = results.get("database", True) and _passes(check)
    status = 200 if all(results.values()) else 503
    return JsonResponse({**results, "disk": _passes(_disk)}, status=status)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _release() -> bool:
    return bool(all_live())


def _disk() -> bool:
    """Room to save in, on a disk that lets us."""
    disk = os.statvfs(settings.DATA_DIR)
    return not disk.f_flag & os.ST_RDONLY and disk.f_bavail * disk.f_frsize >= ENOUGH_BYTES


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "release": _release,
}

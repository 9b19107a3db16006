"""Which migrations a backup was made under, and whether this program can read it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from config.keeping.archive import KeepingError, Manifest

State = list[tuple[str, str]]


def applied() -> State:
    executor = MigrationExecutor(connection)
    known = executor.loader.graph.nodes
    return sorted(key for key in executor.loader.applied_migrations if key in known)


def is_current(state: State) -> bool:
    """No migration of this program is missing in that state."""
    return set(MigrationExecutor(connection).loader.graph.nodes) <= set(state)


def registry(state: State) -> Apps:
    """The models as the tables were then; rebuilt only where they are not those of today."""
    if is_current(state):
        return apps
    return MigrationExecutor(connection).loader.project_state(state).apps


def state_of(manifest: Manifest) -> State:
    """The state a backup was made under. Refuses one that this program does not know."""
    state = [(app, name) for app, name in manifest["migrations"]]
    unknown = set(state) - set(MigrationExecutor(connection).loader.graph.nodes)
    if unknown:
        raise KeepingError(
            _(
                "This backup was made by a newer version of this program (%(names)s). "
                "Install that version, then restore again. Nothing was changed."
            )
            % {"names": ", ".join(sorted(f"{app}.{name}" for app, name in unknown))}
        )
    return state


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside was so at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not "atomic": that takes the right to write, and editors would wait for the backup.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            connection.cursor().execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            take_the_time_it_needs()
            yield


def take_the_time_it_needs() -> None:
    """The time limits that keep a request short are lifted for this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")

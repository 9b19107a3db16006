"""Puts a backup in the place of the site, in one step of the database.

Files come first, under names that disturb nothing. Then one transaction takes the old rows away,
writes the restored ones, reads them back and makes the search index. Killed anywhere before its
end, the old site is whole; after it, the new one is. Readers see the old site until then.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from config.keeping import archive, epoch, rows, schema
from config.keeping.archive import MEDIA
from config.keeping.backup import file_names, fingerprint
from config.keeping.load import Renamed, load
from config.keeping.older import rewritten
from config.signin.sealed import seal_all_and_tell

Tell = Callable[[str], None]


def is_in_use() -> bool:
    """Somebody has an account here, or wrote a page: more than migrations make."""
    accounts = get_user_model()._default_manager
    return accounts.exists() or Page.objects.filter(depth__gt=2).exists()


def restore(path: Path, tell: Tell) -> None:
    """Make the site what it was when this backup was made. Raises KeepingError before a change."""
    manifest = archive.verified(path)
    state = schema.state_of(manifest)
    stored: set[str] = set()
    with rewritten(path, schema.is_current(state), tell) as (rows_from, rows_manifest):
        before = file_names(apps)
        tell(_("Files …"))
        with _taken_back(path, stored):
            renamed = put_files(path, stored)
        tell(_("Rows …"))
        with epoch.restoring(), _taken_back(path, stored):
            replace_rows(rows_from, rows_manifest, renamed)
    forget_files(before - file_names(apps))
    if manifest["secret_key"] != fingerprint():
        tell(_("The secret key is another one than then: links that were sent no longer work."))
    seal_all_and_tell(tell)


@contextmanager
def _taken_back(path: Path, stored: set[str]) -> Iterator[None]:
    """What was stored so far is deleted if the file cannot be used. Not if the database failed:
    then nobody knows whether its rows are there."""
    try:
        with archive.saying_what_is_broken(path):
            yield
    except (archive.KeepingError, OSError):
        forget_files(stored)
        raise


def put_files(path: Path, stored: set[str]) -> Renamed:
    """Store every file of the backup. One that is there already stays; none is written over."""
    renamed: Renamed = {}
    for part, content in archive.parts(path):
        if not part.startswith(MEDIA):
            continue
        name = part.removeprefix(MEDIA)
        with archive.asking_for(name):
            place = _put(name, content, stored)
        if place != name:
            renamed[name] = place
    return renamed


def _put(name: str, content: IO[bytes], stored: set[str]) -> str:
    """Where it lies now."""
    if _same(name, archive.hash_of(content)):
        return name
    content.seek(0)
    place = default_storage.save(name, File(content, name))
    stored.add(place)
    return place


def _same(name: str, digest: str) -> bool:
    try:
        with default_storage.open(name) as file:
            return archive.hash_of(file) == digest
    except FileNotFoundError:
        return False


def replace_rows(path: Path, manifest: archive.Manifest, renamed: Renamed) -> None:
    tables = rows.tables(apps)
    with transaction.atomic():
        schema.take_the_time_it_needs()
        _lock([*tables, *rows.NOT_SAVED])
        rows.empty(connection, [*tables.values(), *rows.emptied(apps)])
        load(connection, apps, path, manifest, renamed)
        rows.count_on(connection, tables.values())
        ContentType.objects.clear_cache()
        call_command("update_index", verbosity=0)


def _lock(names: Iterable[str]) -> None:
    """Writers wait and readers do not. SQLite does so by itself as soon as one writes."""
    if connection.vendor == "postgresql":
        quoted = ", ".join(map(connection.ops.quote_name, names))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {quoted} IN EXCLUSIVE MODE")


def forget_files(names: set[str]) -> None:
    """Files that only the replaced site had. One that cannot be deleted harms nobody."""
    for name in names:
        with suppress(OSError):
            default_storage.delete(name)

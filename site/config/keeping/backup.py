"""Makes a backup while the site runs, and restores it on the side before calling it one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.keeping import archive, rows, schema
from config.keeping.archive import DATABASE, MEDIA, RELEASES, Manifest, Writer
from config.keeping.load import check, file_columns


def make_backup(path: Path) -> Manifest:
    """Write a backup to ``path``. Raises KeepingError, and then there is no such file."""
    with archive.place_for(path) as unfinished:
        with archive.writing(unfinished) as writer:
            manifest = write_parts(writer)
            writer.finish(manifest)
        check(unfinished)
    return {**manifest, "parts": writer.parts}


def write_parts(writer: Writer, *, with_files: bool = True) -> Manifest:
    """All parts, as they were at one moment. Files come first: rows will need their names."""
    state = schema.applied()
    registry = schema.registry(state)
    with schema.snapshot():
        missing = _add_media(writer, registry) if with_files else []
        _add_releases(writer, registry)
        for name, model in rows.tables(registry).items():
            _add_table(writer, name, model)
    return {
        "made": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": state,
        "missing_media": missing,
        "secret_key": fingerprint(),
    }


def fingerprint() -> str:
    """Tells later whether the site still has the same secret key, and nothing about the key."""
    return salted_hmac("config.keeping", "fingerprint", algorithm="sha256").hexdigest()[:16]


def file_names(registry: Apps) -> set[str]:
    """Every file that a row names: pictures, their renditions, documents."""
    names: set[str] = set()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, model in rows.tables(registry).items():
            for column in file_columns(model):
                cursor.execute(f"SELECT {quote(column)} FROM {quote(table)}")  # noqa: S608
                names.update(name for (name,) in cursor.fetchall() if name)
    return names


def _add_media(writer: Writer, registry: Apps) -> list[str]:
    """Files that are not there (an editor deleted one just now) are told, and stop nothing."""
    missing = []
    for name in sorted(file_names(registry)):
        try:
            with archive.asking_for(name), default_storage.open(name) as file:
                writer.add(MEDIA + name, file.chunks())
        except FileNotFoundError:
            missing.append(name)
    return missing


def _add_releases(writer: Writer, registry: Apps) -> None:
    """The live rules once more, to be read without this program. Restoring uses the rows."""
    checkers: Any = registry.get_model("checker", "Checker")._base_manager
    for checker in checkers.filter(live__isnull=False).select_related("live").order_by("name"):
        live: Any = checker.live
        told = {
            "checker": checker.name,
            "taken_down": checker.is_down,
            "release": live.number,
            "made": live.created,
            "sha256": live.digest,
            "note": live.note,
            "rules": live.snapshot,
        }
        text = json.dumps(told, indent=1, ensure_ascii=False, cls=DjangoJSONEncoder)
        writer.add(f"{RELEASES}{checker.name}-{live.number}.json", [text.encode()])


def _add_table(writer: Writer, name: str, model: rows.Model) -> None:
    told: dict[str, Any] = {"columns": list(rows.columns(model)), "rows": 0}

    def lines() -> Iterator[bytes]:
        for line in rows.read(connection, model):
            told["rows"] += 1
            yield line.encode()

    writer.add(f"{DATABASE}{name}.jsonl", lines())
    writer.parts[f"{DATABASE}{name}.jsonl"].update(told)

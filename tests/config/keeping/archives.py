"""Backups made and restored as an owner does it, and archives that somebody changed."""

import json
import tarfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from config.keeping import archive, rows
from library.models import CausePage, Source


def run(*args: object) -> str:
    out = StringIO()
    call_command(*map(str, args), stdout=out, stderr=out)
    return out.getvalue()


def everything() -> dict[str, str]:
    tables = rows.tables(apps)
    return {name: rows.meaning(rows.read(connection, model)) for name, model in tables.items()}


def break_something() -> None:
    CausePage.objects.filter(key="strain").delete()
    Source.objects.update(title="Wrong")
    User.objects.all().delete()


def rewrite(path: Path, change: Any) -> None:
    """The same archive with some parts changed by somebody who also mends the manifest."""
    parts = {name: content.read() for name, content in archive.parts(path)}
    manifest = json.loads(parts.pop(archive.MANIFEST))
    change(parts, manifest)
    with tarfile.open(path, "w:gz") as tar:
        for name, content in {**parts, archive.MANIFEST: json.dumps(manifest).encode()}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))

import errno
import hashlib
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

import config.static_files
from config.keeping import epoch
from config.signin.sealed import seal_all_and_tell

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Make the site ready to start: database, starter library, first account and, with "
        "--static, the static files. Safe to run before every start: it changes what is behind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", help="fail early if this port is taken")
        parser.add_argument("--static", action="store_true", help="collect static files too")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["port"] is not None:
            check_port(options["port"])
        self.stdout.write(f"Data: {settings.DATA_DIR}")
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        epoch.end()
        seal_all_and_tell(self.stdout.write)
        self.stdout.write("Starter library:")
        call_command("load_content", verbosity=options["verbosity"], stdout=self.stdout)
        call_command("create_demo_editor", stdout=self.stdout)
        if options["static"]:
            self.collect_static()

    def collect_static(self) -> None:
        """Collecting hashes and compresses every file again, so do it only if one has changed."""
        stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
        fingerprint = static_fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            self.stdout.write("Static files: unchanged")
            return
        self.stdout.write("Static files: hashing and compressing (half a minute, the first time) …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint)


def check_port(wanted: str) -> None:
    """Say it now, in words, rather than after a minute of preparing."""
    port = int(wanted) if wanted.isdecimal() else 0
    if not 0 < port < 65536:
        raise CommandError(f"PORT={wanted} is not a port. Use a number from 1024 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = (
                "is taken by another program"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used ({error.strerror})"
            )
            raise CommandError(
                f"Port {port} {reason}. Choose another, for example PORT={port % 65535 + 1}."
            ) from error


def static_fingerprint() -> str:
    """Changes when any static file, or the way we store them, does. Reads no file but our own."""
    digest = hashlib.sha256(Path(config.static_files.__file__).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_mtime_ns} {state.st_size}\n".encode())
    return digest.hexdigest()

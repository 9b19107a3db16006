"""Readers of the environment that fail with a hint instead of a traceback."""

import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def writable_folder(path: Path) -> Path:
    """Make the folder if needed; refuse one that we cannot write to, naming the variable to set."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR: cannot make the folder {path} ({error.strerror}). "
            "Set DATA_DIR to a folder that this user may write to."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"DATA_DIR: this user may not write to {path}. "
            "Set DATA_DIR to another folder, or change who owns this one."
        )
    return path


def secret_key(path: Path) -> str:
    """The key kept beside the data, made on first use and readable by its owner only.

    Opening with O_EXCL lets exactly one of several starting workers write it; the others read it.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot write {path} ({error.strerror}). Set SECRET_KEY, or make DATA_DIR writable."
        ) from error
    key = secrets.token_urlsafe(64)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def _read_key(path: Path) -> str:
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} is too short to be a secret key. Delete it (everyone is then signed out) "
            "or set SECRET_KEY."
        )
    return key


def choice(name: str, value: str, allowed: Sequence[str]) -> str:
    """A value out of a few, or an error that lists them."""
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name}={value!r} is not known. Use one of: {', '.join(allowed)}."
        )
    return value


def contact(value: str) -> str:
    """Where to report a weakness, as an address that a program can open; empty if there is none."""
    if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", value):
        return f"mailto:{value}"
    if value and not re.fullmatch(r"(?:mailto:|https://|tel:)\S+", value):
        raise ImproperlyConfigured(
            f"SECURITY_CONTACT={value!r} is no contact. Write an e-mail address or an address "
            "that begins with https://"
        )
    return value

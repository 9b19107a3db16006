"""Settings that are wrong say what to do; the key is made once and kept."""

import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import choice, secret_key, writable_folder


def test_the_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    assert writable_folder(tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_names_the_variable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="Set DATA_DIR to a folder"):
        writable_folder(tmp_path / "file" / "data")


def test_a_folder_of_somebody_else_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(ImproperlyConfigured, match="Set DATA_DIR to another folder"):
        writable_folder(tmp_path)


def test_the_key_is_long_kept_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    key = secret_key(path)
    assert len(key) >= 50
    assert secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_spoilt_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("short")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        secret_key(path)


def test_a_key_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        secret_key(tmp_path / "missing" / "secret_key")


def test_an_unknown_choice_lists_the_known_ones() -> None:
    assert choice("MODE", "b", ("a", "b")) == "b"
    with pytest.raises(ImproperlyConfigured, match=r"MODE='c' is not known. Use one of: a, b"):
        choice("MODE", "c", ("a", "b"))

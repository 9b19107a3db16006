"""manage.py, as somebody at a prompt meets it."""

import os
import subprocess
import sys
from pathlib import Path

MANAGE = Path(__file__).parents[2] / "manage.py"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, MANAGE, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_wrong_settings_give_a_hint_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = manage("check", DATA_DIR=str(tmp_path / "file"))
    assert done.returncode != 0
    assert "Set DATA_DIR to a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_way_to_the_error_is_there_on_request() -> None:
    done = manage("check", "--traceback", CHECKER_MODE="unknown")
    assert "Traceback" in done.stderr
    assert "Use one of: full, signpost" in done.stderr

"""Every file of the starter library can be read, and refers only to what is there."""

from pathlib import Path

from library.loader.load import check_library


def test_every_file_loads(content: Path) -> None:
    files = check_library(content)
    assert len(files.pages) == len(list(content.glob("en/**/*.md")))

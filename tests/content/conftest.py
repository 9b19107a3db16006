"""The words as they stand in the content folder, read once. No database."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content_words import Words

if TYPE_CHECKING:  # Django is not ready yet when pytest reads this file
    from library.audit.library import Library


@pytest.fixture(scope="session")
def content() -> Path:
    from django.conf import settings

    return Path(settings.CONTENT_DIR)


@pytest.fixture(scope="session")
def words(content: Path) -> "Library":
    """Every page of the starter library with its blocks, sources and links."""
    from library.audit.from_files import library_from_files

    return library_from_files(content)


@pytest.fixture(scope="session")
def they(words: "Library") -> Words:
    return Words(words)

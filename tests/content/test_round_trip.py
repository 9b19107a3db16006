"""Load and export of the unchanged starter library give no difference, byte for byte."""

from pathlib import Path

import pytest

from library.loader.export import export_library


@pytest.mark.django_db
def test_the_whole_library_comes_back_as_it_was(
    library: None, content: Path, tmp_path: Path
) -> None:
    export = export_library(content, tmp_path)
    assert not export.differs, dict(export.outcomes)
    assert export.problems == []
    written = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    assert {name for name in written if name.suffix == ".md"} == {
        path.relative_to(content) for path in content.glob("en/**/*.md")
    }
    for name, path in written.items():
        assert path.read_bytes() == (content / name).read_bytes(), name

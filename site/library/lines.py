"""Short lists that editors write one entry on each line."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.widgets import AdminAutoHeightTextInput


def split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class LinesInput(AdminAutoHeightTextInput):
    """Browsers send other line ends than we store: an untouched page would look changed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

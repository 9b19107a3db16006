"""Writes the little TOML that our files use, always in the same way, so that equal is equal."""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any


def toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # TOML's basic strings are JSON's
    return f"[{', '.join(toml_value(item) for item in value)}]"


def toml_lines(fields: Mapping[str, Any]) -> Iterable[str]:
    """``key = value`` lines; what is empty is left out, and tables stand at the end."""
    tables = {key: value for key, value in fields.items() if isinstance(value, Mapping)}
    for key, value in fields.items():
        if key not in tables:
            yield f"{key} = {toml_value(value)}"
    for key, table in tables.items():
        if table:
            yield from ("", f"[{key}]", *toml_lines(table))

from typing import Any

from wagtail.admin.ui.tables import Column


class LinesColumn(Column):
    """Several lines in one cell: strings, or (words, address) pairs."""

    cell_template_name = "library/admin/lines_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        lines = self.get_value(instance) or []
        pairs = ((line, "") if isinstance(line, str) else line for line in lines)
        context["lines"] = [{"words": words, "url": url} for words, url in pairs]
        return context

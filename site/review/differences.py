"""What changed between two versions, by Wagtail's own comparison, for readers without the admin."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.compare import (
    BlockComparison,
    ListBlockComparison,
    StreamBlockComparison,
    StreamFieldComparison,
    StructBlockComparison,
    get_comparison_class_for_block,
)
from wagtail.models import Revision

from review.authors import last_sign_off

#: Wagtail marks changes by colour alone. These elements say the same to screen readers and print.
_MARK = re.compile(r'<span class="(addition|deletion)">(.*?)</span>', re.DOTALL)
_ELEMENT = {"addition": "ins", "deletion": "del"}


@dataclass(frozen=True)
class Difference:
    """One field of the page that changed."""

    label: str
    html: SafeString


def since_last_sign_off(
    revision: Revision, page: Any, request: HttpRequest
) -> list[Difference] | None:
    """What a reviewer has not seen signed before. None where nobody has ever signed."""
    signed = last_sign_off(page, before=revision)
    return None if signed is None else differences(signed.revision, revision, page, request)


def differences(
    before: Revision, after: Revision, page: Any, request: HttpRequest
) -> list[Difference]:
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=request, form=None)
    old, new = before.as_object(), after.as_object()
    compared = (comparison(old, new) for comparison in panel.get_comparison())
    return [Difference(str(c.field_label()), _html(c)) for c in compared if c.has_changed()]


def _html(comparison: Any) -> SafeString:
    if comparison.is_child_relation:
        children = comparison.get_child_comparisons()
        changed = (child for child in children if _is_changed(child))
        return format_html_join("", "<dl{}>{}</dl>", ((_kind(c), _fields(c)) for c in changed))
    if isinstance(comparison, StreamFieldComparison):
        return _blocks(comparison)
    return _marked(comparison.htmldiff())


def _blocks(comparison: StreamFieldComparison) -> SafeString:
    """Wagtail shows every block of the page. A reviewer needs those that changed."""
    stream, old, new = comparison.field.stream_block, comparison.val_a, comparison.val_b
    blocks = StreamBlockComparison(stream, True, True, old, new).get_block_comparisons()
    rows = ((_block_kind(b), b.block.label, _block(b)) for b in blocks if _block_kind(b))
    return format_html_join("", '<div class="{}"><h4>{}</h4>{}</div>', rows)


def _block_kind(block: BlockComparison) -> str:
    if block.is_new():
        return "addition"
    if block.is_deleted():
        return "deletion"
    return "change" if _differs(block) else ""


def _differs(block: BlockComparison) -> bool:
    """As Wagtail, but by what lists hold: to Wagtail no two lists are equal."""
    if isinstance(block, StructBlockComparison):
        return any(_differs(part) for part in _parts(block))
    if isinstance(block, ListBlockComparison):
        return bool(block.htmlvalue(block.val_a) != block.htmlvalue(block.val_b))
    return bool(block.has_changed())


def _parts(block: StructBlockComparison) -> list[BlockComparison]:
    return [
        get_comparison_class_for_block(child)(child, True, True, block.val_a[key], block.val_b[key])
        for key, child in block.block.child_blocks.items()
    ]


def _block(block: BlockComparison) -> SafeString:
    if block.is_new():
        return format_html("<p><ins>{}</ins></p>{}", _("New"), block.htmlvalue(block.val_b))
    if block.is_deleted():
        return format_html("<p><del>{}</del></p>{}", _("Taken out"), block.htmlvalue(block.val_a))
    if not isinstance(block, StructBlockComparison):
        return _marked(block.htmldiff())
    parts = (part for part in _parts(block) if _differs(part))
    rows = ((part.block.label, _marked(part.htmldiff())) for part in parts)
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows))


def _is_changed(child: Any) -> bool:
    return bool(child.is_addition() or child.is_deletion() or child.has_changed())


def _kind(child: Any) -> SafeString:
    kind = "addition" if child.is_addition() else "deletion" if child.is_deletion() else "change"
    return format_html(' class="{}"', kind)


def _fields(child: Any) -> SafeString:
    fields = child.get_field_comparisons()
    rows = ((field.field_label(), _marked(field.htmldiff())) for field in fields)
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)


def _marked(html: str) -> SafeString:
    # Wagtail has escaped the words within. We only change the names of its own elements.
    return mark_safe(  # noqa: S308
        _MARK.sub(lambda m: f"<{_ELEMENT[m[1]]}>{m[2]}</{_ELEMENT[m[1]]}>", str(html))
    )

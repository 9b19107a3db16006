"""What rich text may hold when it is shown, whoever stored it.

The editor's form cleans what it stores. A command, an import or another program may not. Every
rich text of ours is made of the few forms below, and is shown as it is; anything else is rebuilt
from what is allowed.
"""

import re

from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

_PLAIN = "p|ul|ol|li|b|strong|i|em|br"
_KNOWN = re.compile(
    rf"""</?(?:{_PLAIN})(?:\ data-block-key="[\w-]+")?\ ?/?>
    | <a(?:\ (?:linktype|id)="[\w-]+" | \ href="(?:https?://|mailto:|tel:|[/\#])[^"<>]*")*>
    | </a>""",
    re.VERBOSE,
)


class _Cleaner(Whitelister):
    element_rules = {
        "[document]": allow_without_attributes,
        **dict.fromkeys(_PLAIN.split("|"), allow_without_attributes),
        "a": attribute_rule({"href": check_url, "linktype": True, "id": True}),
    }


#: By these the editor's comments find their paragraph; a reader's page has no use for them.
_KEY = re.compile(r' data-block-key="[\w-]+"')


def safe_html(html: str) -> str:
    """The same text with nothing in it that a browser could run."""
    return _KEY.sub("", html) if "<" not in _KNOWN.sub("", html) else str(_Cleaner().clean(html))

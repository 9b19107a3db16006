"""Links a glossary word on a page, so that readers meet its meaning there."""

from typing import Any

from library.glossary import Word, link_first


def link_word(page: Any, word: Word) -> bool:
    """Link the first mention in the body that is not part of a link. False if there is none."""
    body = page.body.get_prep_value()
    for block in body:
        if _link_in(block["value"], word):
            page.body = page.body.stream_block.to_python(body)
            return True
    return False


def _link_in(value: Any, word: Word) -> bool:
    """Change the first text with markup that mentions it; plain fields cannot hold a link."""
    places = value.items() if isinstance(value, dict) else enumerate(value)
    for place, item in list(places):
        if isinstance(item, dict | list):
            if _link_in(item, word):
                return True
        elif isinstance(item, str) and item.startswith("<"):
            linked = link_first(item, word)
            if linked is not None:
                value[place] = linked
                return True
    return False

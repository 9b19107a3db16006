"""``{% kept "name" %}…{% endkept %}``: a part of a page, ready until what it shows changes.

Only on pages of the library, whose words are the same for everyone, and around answers to searches:
a view names the parts (``always_the_same``) that have nothing to do with what was asked.

``{% piece "template" name=value … %}``: a template that sees these values and nothing else, ready
wherever they are the same (``library.pieces``).
"""

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from library import pieces
from library.fresh import kept_part
from library.listed import is_for_everyone
from library.menu import Menu
from library.models.clinical_page import ClinicalPage

register = template.Library()


class KeptNode(template.Node):
    """Made by Django's own escaping templates, so what was kept is as safe as what is made."""

    def __init__(self, name: FilterExpression, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        request: HttpRequest | None = context.get("request")
        part = self.name.resolve(context)
        if request is None or not _for_everyone(part, context, request):
            return self.nodelist.render(context)
        place = f"{request.scheme}://{request.get_host()}{request.path}"
        name = f"{part} {place} {get_language()}"
        made = kept_part(name, lambda: str(self.nodelist.render(context)))
        return mark_safe(made)  # noqa: S308


def _for_everyone(part: str, context: Context, request: HttpRequest) -> bool:
    """As the public sees it: no draft, nobody's try of unreleased rules."""
    named = part in (context.get("always_the_same") or ())
    return (named or _whole_page(context, request)) and is_for_everyone(request)


def _whole_page(context: Context, request: HttpRequest) -> bool:
    """Not the next part of a long list, which has the same path."""
    is_page = isinstance(context.get("page"), ClinicalPage) and "reading" in context
    return is_page and not request.GET


@register.tag("kept")
def kept_tag(parser: Parser, token: Token) -> KeptNode:
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(parser.compile_filter(name), nodelist)


class PieceNode(template.Node):
    def __init__(self, name: str, given: dict[str, FilterExpression]) -> None:
        self.name, self.given = name, given

    def render(self, context: Context) -> SafeString:
        found = {key: value.resolve(context, True) for key, value in self.given.items()}
        return pieces.show(context.get("request"), self.name, found)


@register.tag("piece")
def piece_tag(parser: Parser, token: Token) -> PieceNode:
    _tag, name, *rest = token.split_contents()
    return PieceNode(name.strip("\"'"), token_kwargs(rest, parser))


@register.filter
def if_in(path: str, menu: Menu) -> str:
    """The path, where the menu has it: so the same menu serves all other pages."""
    return path if any(item.url == path for item in menu.main) else ""

"""Every page under its name and its other names: one page of a small library, one a letter of a
large one.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageViewRestriction

from library import fresh
from library.lines import split_lines
from library.machines.addresses import paths
from library.models import CausePage, TipPage, TopicPage, TreatmentPage

MODELS = (TopicPage, CausePage, TreatmentPage, TipPage)
#: So many names still make one page that a reader can look through.
MOST_ON_ONE_PAGE = 1000
A_PAGE = 300
_DIGITS, _OTHER = "0-9", "other"


@dataclass(frozen=True)
class Letter:
    """A heading: its key stands in addresses and anchors."""

    key: str

    @property
    def label(self) -> str:
        """The letter itself, or what has none of the alphabet."""
        return {_DIGITS: "0-9", _OTHER: _("Other")}.get(self.key, self.key.upper())


@dataclass(frozen=True)
class Leads:
    """A page that a name leads to."""

    title: str
    url: str


@dataclass
class Entry:
    """A name in the list: the page that is called so, and those that have it as another name."""

    name: str
    own: Leads | None = None
    others: list[Leads] = field(default_factory=list)


#: The key of its letter, the name, and title and address of the page.
Name = tuple[str, str, str, str]


@require_safe
def a_to_z(request: HttpRequest, key: str = "") -> HttpResponse:
    """All names; where they are too many, the letters only, each leading to a page of its own."""
    keys, names = _read(key)
    if key and key not in keys:
        raise Http404
    apart = keys.total() > MOST_ON_ONE_PAGE
    shown = _by_letter(names, request)
    context = {"all": [Letter(one) for one in sorted(keys, key=_rank)], "apart": apart}
    if key:
        [(letter, entries)] = shown
        part = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
        context |= {"letter": letter, "part": part, "letters": [(letter, part)]}
    else:
        context["letters"] = shown
    return render(request, "library/a_to_z.html", context)


def _read(key: str) -> tuple[Counter[str], list[Name]]:
    """How many names each letter has, and those of one letter, or all if they are not too many.

    Of a large library most names are only counted: twenty thousand are soon read, not soon sorted.
    """
    keys: Counter[str] = Counter()
    wanted: list[Name] = []
    number = 0
    for title, url_path, also in _rows():
        for name in (title, *split_lines(also)):
            number += 1
            letter = letter_of(name)
            keys[letter] += 1
            if letter == key or (not key and number <= MOST_ON_ONE_PAGE):
                wanted.append((letter, name, title, url_path))
    return keys, wanted if key or number <= MOST_ON_ONE_PAGE else []


def _by_letter(names: Iterable[Name], request: HttpRequest) -> list[tuple[Letter, list[Entry]]]:
    """Letters in their order, under each its names in theirs; each name once."""
    path_of = paths(request)
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for letter, name, title, url_path in names:
        leads = Leads(title, path_of(url_path))
        entry = found[letter].setdefault(_plain(name), Entry(name))
        if name == title and entry.own is None:
            entry.name, entry.own = name, leads
        elif leads not in (entry.own, *entry.others):
            entry.others.append(leads)
    return [
        (Letter(key), [entry for _plain_name, entry in sorted(found[key].items())])
        for key in sorted(found, key=_rank)
    ]


def _rows() -> Iterator[tuple[str, str, str]]:
    """Title, address and other names of every page that anybody may read: one query."""
    also = Coalesce(
        *(F(f"{model._meta.model_name}__also_known_as") for model in MODELS),
        Value(""),
        output_field=CharField(),
    )
    with fresh.exactly(fresh.TREE, fresh.SUMMARIES, PageViewRestriction._meta.db_table):
        pages = Page.objects.live().public().type(*MODELS).order_by("path")
        yield from pages.values_list("title", "url_path", also).iterator()


def letter_of(name: str) -> str:
    """Its first letter without accents; what does not begin with a letter of ours goes last."""
    first = name[:1] if name[:1].isascii() and name[:1].isalnum() else _plain(name)[:1]
    if first.isascii() and first.isalpha():
        return first.lower()
    return _DIGITS if first.isdecimal() else _OTHER


def _plain(name: str) -> str:
    """By which names are sorted and held to be the same."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in name.casefold() if sign.isalnum() or sign.isspace()).strip()


def _rank(key: str) -> tuple[bool, bool, str]:
    return key == _OTHER, key == _DIGITS, key

"""Where the library's snippets stand in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from library import desk  # noqa: F401 - its rooms register themselves
from library.desk.where_used import WhereUsed
from library.models import GlossaryTerm, SearchSynonym, Source


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "doc-full"
    list_display = [
        *("key", "title", "kind", "year", "status", "checked"),
        WhereUsed("used", label=_("Where used")),
    ]
    list_filter = ["kind", "confidence", "status"]
    inspect_view_enabled = True
    copy_view_enabled = False


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "definition"]


class SearchSynonymViewSet(SnippetViewSet):
    """Plain words and their clinical twins, kept by those who read what people search for."""

    model = SearchSynonym
    icon = "search"
    list_display = ["key", "words"]


class LibraryGroup(SnippetViewSetGroup):
    """Sources, glossary and search synonyms, together in the menu."""

    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items = (SourceViewSet, GlossaryTermViewSet, SearchSynonymViewSet)


register_snippet(LibraryGroup)

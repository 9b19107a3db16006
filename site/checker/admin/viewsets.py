"""The working copy as snippets: lists, filters, search, usage and history."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from checker.admin import panels
from checker.models import (
    CheckerCase,
    CheckerCause,
    CheckerQuestion,
    CheckerRule,
    CheckerSign,
    WorkingCopy,
)


class SavedOnPurpose:
    """Rules are saved when somebody presses Save, not while they are still thinking."""

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class AddPart(SavedOnPurpose, CreateView):
    pass


class EditPart(SavedOnPurpose, EditView):
    pass


class PartViewSet(SnippetViewSet):
    """One kind of part, in the order of its list."""

    add_view_class = AddPart
    edit_view_class = EditPart
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    ordering = ["sort_order"]
    layout: ObjectList
    fetched: tuple[str, ...] = ()

    def get_edit_handler(self) -> Any:
        return self.layout.bind_to_model(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        parts = self.model._default_manager.select_related("latest_revision")
        return parts.prefetch_related(*self.fetched)


class QuestionViewSet(PartViewSet):
    model = CheckerQuestion
    layout = panels.QUESTION
    icon = "help"
    menu_label = _("Questions")
    list_display = [
        "text",
        Column("answers_in_words", label=_("Answers")),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind", "scale", "checker"]
    search_fields = ["key", "text", "hint", "why"]
    fetched = ("options",)


class RuleViewSet(PartViewSet):
    model = CheckerRule
    layout = panels.RULE
    icon = "warning"
    menu_label = _("Rules")
    list_display = [
        "key",
        Column("get_level_display", label=_("Level"), sort_key="level"),
        Column("in_words", label=_("Holds when"), width="55%"),
        UpdatedAtColumn(),
    ]
    list_filter = ["level", "about__cause", "when__question", "checker"]
    search_fields = ["key", "because", "card", "note"]
    fetched = ("when__question", "when__option")


class CauseViewSet(PartViewSet):
    model = CheckerCause
    layout = panels.CAUSE
    icon = "tag"
    menu_label = _("Causes")
    list_display = ["name", "key", "page", "lookalike", UpdatedAtColumn()]
    list_filter = ["lookalike", "checker"]
    search_fields = ["key", "name"]


class SignViewSet(PartViewSet):
    model = CheckerSign
    layout = panels.SIGN
    icon = "sliders"
    menu_label = _("Signs")
    list_display = [
        "phrase",
        "cause",
        Column("get_weight_display", label=_("Weight"), sort_key="weight"),
        Column("in_words", label=_("Answers"), width="35%"),
        UpdatedAtColumn(),
    ]
    list_filter = ["cause", "weight", "answers__question", "checker"]
    search_fields = ["phrase", "note"]
    fetched = ("cause", "answers__question", "answers__option")


class CaseViewSet(PartViewSet):
    model = CheckerCase
    layout = panels.CASE
    icon = "user"
    menu_label = _("Cases")
    list_display = [
        "key",
        Column("text", label=_("In the patient's own words"), width="55%"),
        Column("get_level_display", label=_("Right level"), sort_key="level"),
        UpdatedAtColumn(),
    ]
    list_filter = ["level", "causes__cause", "answers__question", "checker"]
    search_fields = ["key", "text", "note"]


class WorkingCopyViewSet(SnippetViewSet):
    """Title and introductions. One for each checker, made when its rules are loaded."""

    model = WorkingCopy
    icon = "doc-full"
    menu_label = _("Title and notes")
    add_view_class = AddPart
    edit_view_class = EditPart
    copy_view_enabled = False
    list_display = ["title", "checker", UpdatedAtColumn()]

    def get_edit_handler(self) -> Any:
        return panels.WORKING_COPY.bind_to_model(self.model)

"""What makes kept pages new: each change says which rows and tables are different.

It is told once the change is committed, to every worker at once. What belongs to pages counts as
pages (``config.serving.reads``). A draft changes nothing that readers see. Where a change cannot be
narrowed down, more is made anew: that costs a few milliseconds, and an old page costs trust.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey, Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from config.serving.reads import counts_as, parent_key
from config.serving.stamp import FileCounter
from library import fresh
from library.models import GlossaryTerm, Source

#: Rows that no public page shows.
UNSEEN = {
    *("wagtailcore.revision", "wagtailcore.referenceindex"),
    *("wagtailcore.workflowstate", "wagtailcore.taskstate", "wagtailcore.comment"),
    *("wagtailadmin.editingsession", "wagtailcore.modellogentry", "wagtailsearch.indexentry"),
    *("library.feedback", "library.loadeditem", "library.missedsearch"),
    *("review.remindersent", "review.reviewinvitation"),
}
UNSEEN_APPS = {"auth", "account", "mfa", "usersessions", "sessions", "contenttypes"}
#: Columns of a page that only editors see.
DRAFT = {
    *("draft_title", "latest_revision", "latest_revision_created_at", "has_unpublished_changes"),
    *("locked", "locked_at", "locked_by", "owner", "go_live_at", "expire_at", "expired"),
}
#: Columns that a page shows of itself. Others show them only where they look at all pages
#: ("What has changed", the sitemap), and so stand on all.
OWN = {
    *("seo_title", "search_description", "body", "change_note", "live_revision"),
    *("last_published_at", "first_published_at", "icd10", "icd11", "snomed", "works_calf"),
}
#: Columns by which nothing is looked up: they are seen where the page is shown already.
WORDS = {
    *("title", "answer", "also_known_as", "strength"),
    *("feels", "where", "worse", "eases", "swelling", "how_soon", *OWN),
}
#: Snippets that pages name one by one, and by what.
NAMED_BY = {Source: "pk", GlossaryTerm: "key"}


@cache
def counter() -> fresh.Counter:
    """The shared table: in the Redis of all machines where there is one, else in DATA_DIR."""
    found: fresh.Counter
    if url := settings.CACHES["default"].get("LOCATION"):
        from config.serving.shared_stamp import CacheCounter

        found = CacheCounter(url)
    else:
        found = FileCounter(settings.DATA_DIR / "pages.stamp")
    if not settings.WAGTAILFRONTENDCACHE:
        return found
    from config.serving.front import WithFront

    return WithFront(found)


def before_save(sender: type[Model], instance: Model, **_: Any) -> None:
    """Notes what the row was, where that decides who shows it."""
    names = _deciding(sender)
    if names and instance.pk:
        rows = sender._base_manager.filter(pk=instance.pk)
        if connection.in_atomic_block:  # until this is saved, nobody else may change it
            rows = rows.select_for_update()
        instance._was_before_save = rows.values(*names).first()  # type: ignore[attr-defined]


def saved(
    sender: type[Model], instance: Any, update_fields: frozenset[str] | None = None, **_: Any
) -> None:
    was = instance.__dict__.pop("_was_before_save", None)
    if issubclass(sender, Page):
        if update_fields is None or not update_fields <= DRAFT:
            _page_saved(instance, was)
    else:
        row_changed(sender, instance, was)


def _page_saved(page: Page, was: dict[str, Any] | None) -> None:
    if not page.live and not (was and was["live"]):
        return
    new = _different(page, was)
    more: list[str] = []
    if was is None or new:
        more += [fresh.SUMMARIES, fresh.summary(page.pk)]
    if was is None or "title" in new:
        more += [fresh.NAMES, fresh.name(page.pk)]
    if was is None or new - WORDS:
        more += [fresh.TREE]
    page_changed(page, *more)


def _different(instance: Model, was: dict[str, Any] | None) -> set[str]:
    """Columns that were saved with another value. What was not fetched was not saved either."""
    now = instance.__dict__
    return {name for name, old in (was or {}).items() if now.get(name, old) != old}


def page_changed(page: Page, *more: str) -> None:
    fresh.changed(fresh.PAGES, fresh.page(page.pk), *more)


def row_changed(sender: type[Model], instance: Any, was: dict[str, Any] | None = None) -> None:
    if sender._meta.label_lower in UNSEEN or sender._meta.app_label in UNSEEN_APPS:
        return
    if sender is Site:  # decides every address
        fresh.changed()
        return
    if parent_key(sender):
        _relation_saved(sender, instance, was)
        return
    now = {name: getattr(instance, name) for name in _deciding(sender)}
    keys = {value for row in (now, was or {}) for value in row.values() if value is not None}
    if sender in NAMED_BY:
        table = sender._meta.db_table
        fresh.changed(table, *(fresh.row(table, key) for key in keys))
    else:
        about = getattr(instance, "page_id", None) if sender._meta.app_label == "review" else None
        fresh.changed(counts_as(sender), *([fresh.reviews(about)] if about else []))


def _relation_saved(sender: type[Model], instance: Model, was: dict[str, Any] | None) -> None:
    """Publishing a page saves all that belongs to it anew, though mostly nothing of it changed."""
    if was is not None and not _different(instance, was):
        return
    named = _pages_named(sender)
    keys = {row.get(name) for row in (instance.__dict__, was or {}) for name in named} - {None}
    fresh.changed(fresh.PAGES, *map(fresh.page, keys), *map(fresh.relations, keys))


def deleted(sender: type[Model], instance: Any, **_: Any) -> None:
    if issubclass(sender, Page):
        page_changed(instance, fresh.TREE)
    else:
        row_changed(sender, instance)


def relation_changed(sender: type[Model], instance: Any, reverse: bool, **_: Any) -> None:
    if isinstance(instance, Page) and not reverse:
        page_changed(instance, fresh.relations(instance.pk))
    else:
        fresh.changed(*([] if counts_as(sender) == fresh.PAGES else [counts_as(sender)]))


def published(instance: Page, **_: Any) -> None:
    page_changed(instance)


def tree_changed(instance: Page, **_: Any) -> None:
    page_changed(instance, fresh.TREE)


@cache
def _deciding(model: type[Model]) -> tuple[str, ...]:
    """Columns whose value before a change matters as much as that after it."""
    if issubclass(model, Page):
        fields = [f for f in model._meta.concrete_fields if f.name not in DRAFT | OWN]
        return tuple(field.attname for field in fields)
    if parent_key(model):
        return tuple(field.attname for field in model._meta.concrete_fields)
    return (NAMED_BY[model],) if model in NAMED_BY else ()


@cache
def _pages_named(model: type[Model]) -> tuple[str, ...]:
    """The columns of a relation that name a page."""
    keys = [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]
    return tuple(key.attname for key in keys if issubclass(key.related_model, Page))


def connect() -> None:
    """Called once, when the apps are ready."""
    page_published.connect(published, dispatch_uid="kept-pages")
    for page_signal in (page_unpublished, page_slug_changed, post_page_move):
        page_signal.connect(tree_changed, dispatch_uid="kept-pages")
    pre_save.connect(before_save, dispatch_uid="kept-pages-before")
    post_save.connect(saved, dispatch_uid="kept-pages-saved")
    post_delete.connect(deleted, dispatch_uid="kept-pages-deleted")
    m2m_changed.connect(relation_changed, dispatch_uid="kept-pages-related")

"""Writes pages: first the tree, so that everything has a key to be linked by, then the words."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail.models import Page, Site

from library.loader.body import Known, read_body
from library.loader.body_text import Names
from library.loader.fields import MODELS, OWN_FIELDS, fields_of
from library.loader.library_files import LibraryFiles, parent_of
from library.loader.links import resolver
from library.loader.page_file import PageFile, read_page
from library.loader.page_text import page_text
from library.loader.problems import ContentError, Problem
from library.loader.report import ADDED, CHANGED, GONE, KEPT, UNCHANGED, Report
from library.loader.snippets import digest
from library.models import CauseLookalike, CauseTip, CauseTreatment, Source
from library.models.loaded import LoadedItem

#: A change here makes every page of the starter library new at the next load.
FORMAT = 1
KIND = "page"
_RELATIONS: dict[str, tuple[str, type[models.Model], str]] = {
    "tips": ("tip_links", CauseTip, "tip_id"),
    "treatments": ("treatment_links", CauseTreatment, "treatment_id"),
    "lookalikes": ("lookalike_links", CauseLookalike, "lookalike_id"),
}


@dataclass
class PageWriter:
    """Writes the pages of the files. Call ``make_tree``, then ``write``."""

    files: LibraryFiles
    report: Report

    def __post_init__(self) -> None:
        self.loaded = {item.key: item for item in LoadedItem.objects.filter(kind=KIND)}
        self.pages = self.files.in_order()
        self.ids: dict[str, int] = {}

    def make_tree(self) -> None:
        """Find every page, or make it, still empty and unpublished, where it is not there yet."""
        existing = set(Page.objects.values_list("pk", flat=True))
        for page in self.pages:
            item = self.loaded.get(page.slug)
            if item is None:
                self._find_or_make(page)
            elif item.object_id in existing:
                self.ids[page.slug] = item.object_id

    def _find_or_make(self, page: PageFile) -> None:
        """A page that an editor made at the same address is taken for the page of the file."""
        above = parent_of(page, self.files)
        parent_id = self.ids.get(above.slug) if above else None
        if page.type != "home" and parent_id is None:
            return  # an editor deleted the page above; ``write`` says so
        parent = Page.objects.get(pk=parent_id) if parent_id else Page.get_first_root_node()
        there = Page.objects.child_of(parent).filter(slug=page.slug).first()
        if there is None or (page.type == "home" and there.specific_class is Page):
            self.ids[page.slug] = self._make(page, parent).pk
        elif there.specific_class is MODELS[page.type]:
            self.ids[page.slug] = there.pk
        else:
            reason = f"the site has another kind of page with the slug “{page.slug}” in this place"
            raise ContentError([page.problem("slug", reason)])

    def _make(self, page: PageFile, parent: Page) -> Page:
        instance = MODELS[page.type](title=page.front["title"], slug=page.slug, live=False)
        for name in ("answer", *OWN_FIELDS.get(page.type, ())):
            setattr(instance, name, page.front[name])
        if page.type == "home":
            return _make_home(instance)
        added: Page = parent.add_child(instance=instance)
        sister = self._next_sister(page, parent)
        if sister is not None:
            added.move(sister, "left")
            added.refresh_from_db()
        return added

    def _next_sister(self, page: PageFile, parent: Page) -> Page | None:
        """The page that this one stands before: only where others were loaded before it."""
        after = self.pages[self.pages.index(page) + 1 :]
        keys = [
            self.loaded[p.slug].object_id
            for p in after
            if p.type == page.type and p.slug in self.loaded
        ]
        sisters = Page.objects.child_of(parent).in_bulk(keys)
        return next((sisters[key] for key in keys if key in sisters), None)

    def write(self) -> None:
        """Fill and publish what is new or changed; leave alone what an editor has touched."""
        by_slug = self.files.by_slug()
        self.known = Known(
            sources=dict(Source.objects.values_list("key", "pk")),
            figures=self.files.figures,
            resolve=resolver(self.ids, self.files.terms, gone=by_slug.keys() - self.ids.keys()),
        )
        self.names = Names(
            pages={pk: slug for slug, pk in self.ids.items()},
            sources={pk: key for key, pk in self.known.sources.items()},
        )
        self.cause_ids = {
            page.front["key"]: self.ids.get(page.slug)
            for page in self.pages
            if page.type == "cause"
        }
        for page in self.pages:
            self._write(page)
        for slug in self.loaded.keys() - by_slug.keys():
            self.report.add(GONE, f"page {slug}")

    def _write(self, page: PageFile) -> None:
        item = self.loaded.get(page.slug)
        name = f"page {page.slug}"
        instance = self._instance(page)
        if instance is None:
            reason = "deleted" if item else "the page above it was deleted"
            self.report.add(KEPT, f"{name} ({reason})")
            return
        new_digest = digest([FORMAT, dict(page.front), page.body, page.type])
        if _is_theirs(instance, item):
            self._keep(page, instance, new_digest)
        elif item and item.digest == new_digest:
            self.report.add(UNCHANGED, name)
        else:
            self._fill(instance, page)
            _publish(instance, page)
            self._remember(page, instance, new_digest)
            self.report.add(CHANGED if item else ADDED, name)

    def _keep(self, page: PageFile, instance: Any, new_digest: str) -> None:
        """Leave an editor's page as it is. If the file says the same by now, both are one again."""
        if self._says_the_same(page, instance):
            self._remember(page, instance, new_digest)
            self.report.add(UNCHANGED, f"page {page.slug}")
        else:
            self.report.add(KEPT, f"page {page.slug}")

    def _says_the_same(self, page: PageFile, instance: Any) -> bool:
        if not instance.live or instance.has_unpublished_changes:
            return False
        text = page_text(instance, self.names, page.front["order"])
        try:
            return read_page(page.name, text).content == page.content
        except ContentError:
            return False  # what an editor made may still lack what a file must have

    def _remember(self, page: PageFile, instance: Any, new_digest: str) -> None:
        LoadedItem.objects.update_or_create(
            kind=KIND,
            key=page.slug,
            defaults={"object_id": instance.pk, "digest": new_digest, "state": _state(instance)},
        )

    def _instance(self, page: PageFile) -> Any:
        return MODELS[page.type].objects.filter(pk=self.ids.get(page.slug, 0)).first()

    def _fill(self, instance: Any, page: PageFile) -> None:
        for name, value in fields_of(page).items():
            setattr(instance, name, value)
        instance.care = [pk for key in page.names("care") if (pk := self.cause_ids.get(key))]
        if page.type == "cause":
            self._relate(instance, page)
        field = instance._meta.get_field("body")
        instance.body = field.stream_block.to_python(read_body(page, self.known))
        instance.full_clean(exclude=["path", "depth", "url_path"])

    def _relate(self, instance: Any, page: PageFile) -> None:
        for key, (relation, model, target) in _RELATIONS.items():
            ids = [pk for slug in page.names(key) if (pk := self.ids.get(slug))]
            rows = [model(**{target: pk, "sort_order": n}) for n, pk in enumerate(ids)]
            setattr(instance, relation, rows)


def _make_home(home: Any) -> Page:
    """The home page takes the place of Wagtail's welcome page and becomes the site's root."""
    root = Page.get_first_root_node()
    welcome = Page.objects.child_of(root).filter(slug="home").first()
    if welcome is not None and welcome.specific_class is Page and not welcome.numchild:
        site = Site.objects.filter(root_page=welcome).first()
        welcome.slug = "welcome"
        welcome.save()
    else:
        welcome, site = None, Site.objects.filter(is_default_site=True).first()
    home = root.add_child(instance=home)
    site = site or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, site.site_name or "Causeway"
    site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()
    return home


def _publish(instance: Any, page: PageFile) -> None:
    """Publish, and name the file where the site refuses a page that is not fit for readers."""
    if page.type == "cause":
        instance.save()  # its relations get keys, which the version shall hold as an editor's does
    try:
        instance.save_revision(clean=False, log_action=False).publish(log_action=False)
    except ContentError as error:
        raise ContentError(Problem(page.name, 0, p.reason) for p in error.problems) from error
    instance.refresh_from_db()


def _state(page: Page) -> str:
    """What an editor's work would change: the latest revision, and whether the page is live."""
    return f"{page.latest_revision_id}-{'live' if page.live else 'draft'}"


def _is_theirs(page: Page, item: LoadedItem | None) -> bool:
    """Whether an editor has changed the page since it was loaded, or made it in the first place."""
    if item is None:
        return page.latest_revision_id is not None
    return _state(page) != item.state

"""Which versions of pages were published, what editors say of them, and who has reviewed each.

Editors' publishing is in the audit log. Files are loaded without an entry there, but each load
leaves a version that no user made. Both together are the versions that readers have seen. What
else readers should hear of (the checker's rules) comes from apps that answer to ``HOOK``, because
the library knows none of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, PageLogEntry, Revision

from library.machines.addresses import address, public_pages
from library.machines.comparing import differences
from review.models import NotClinicalChange, SignOff

MOST = 30
_OF_A_PAGE = ("title", "url_path", "first_published_at", "last_published_at", "live_revision_id")
#: A Wagtail hook: functions that take the request and a number, and give that many newest changes.
HOOK = "register_public_changes"
_AT_ONCE = timedelta(seconds=5)


@dataclass(frozen=True)
class Change:
    """One published version of a page, or of anything else that readers act on."""

    title: str
    address: str
    version: int
    when: datetime
    what: tuple[str, ...]
    why: str

    @property
    def day(self) -> date:
        return localdate(self.when)


@dataclass(frozen=True)
class _Published:
    page: Page
    version: int
    when: datetime

    @property
    def is_first(self) -> bool:
        first = self.page.first_published_at
        return first is None or self.when - first < _AT_ONCE


def changes(request: HttpRequest) -> list[Change]:
    """The newest changes, of pages and of all else."""
    others = (change for found in hooks.get_hooks(HOOK) for change in found(request, MOST))
    every = [*_page_changes(request), *others]
    return sorted(every, key=lambda one: (one.when, one.version), reverse=True)[:MOST]


def _page_changes(request: HttpRequest) -> list[Change]:
    """The newest changes of public pages. As many queries for many pages as for few."""
    public = public_pages(request).only(*_OF_A_PAGE)
    newest = sorted(
        [*_logged(public), *_loaded(public)], key=lambda one: (one.when, one.version), reverse=True
    )
    shown = newest[:MOST]
    before = _versions_before(shown)
    contents = _contents([*before.values(), *(one.version for one in before)])
    notes = _notes([*before.values(), *(one.version for one in shown)])
    why = _reasons([one.version for one in shown])
    return [
        Change(
            title=one.page.title,
            address=address(request, one.page.url_path),
            version=one.version,
            when=one.when,
            what=tuple(_what(one, before.get(one, 0), contents, notes)),
            why=why.get(one.version) or _("No clinician has reviewed this version yet."),
        )
        for one in shown
    ]


def _in_the_log() -> Any:
    return PageLogEntry.objects.filter(action="wagtail.publish", revision_id__isnull=False)


def _logged(public: Any) -> list[_Published]:
    rows = _in_the_log().filter(page__in=public.values("pk")).order_by("-timestamp")[:MOST]
    newest = list(rows.values_list("page_id", "revision_id", "timestamp"))
    pages = public.in_bulk([page_id for page_id, _version, _when in newest])
    return [
        _Published(pages[page_id], version, when)
        for page_id, version, when in newest
        if page_id in pages
    ]


def _loaded(public: Any) -> list[_Published]:
    """Live versions without an entry in the log."""
    logged = _in_the_log().filter(revision_id=OuterRef("live_revision_id"))
    pages = public.filter(
        ~Exists(logged), live_revision__isnull=False, last_published_at__isnull=False
    )
    newest = pages.order_by("-last_published_at", "-live_revision_id")[:MOST]
    return [_Published(page, page.live_revision_id, page.last_published_at) for page in newest]


def _versions_before(shown: Iterable[_Published]) -> dict[_Published, int]:
    """What readers saw before each of these: the newest older version that was published."""
    changed = [one for one in shown if not one.is_first]
    ids = [str(one.page.pk) for one in changed]
    published = Q(user=None) | Exists(_in_the_log().filter(revision_id=OuterRef("pk")))
    rows = Revision.page_revisions.filter(published, object_id__in=ids).order_by("pk")
    seen: dict[int, list[int]] = defaultdict(list)
    for pk, object_id in rows.values_list("pk", "object_id"):
        seen[int(object_id)].append(pk)
    found = {one: [v for v in seen[one.page.pk] if v < one.version] for one in changed}
    return {one: older[-1] for one, older in found.items() if older}


def _contents(versions: Iterable[int]) -> dict[int, dict[str, Any]]:
    rows = Revision.page_revisions.filter(pk__in=set(versions))
    return dict(rows.values_list("pk", "content"))


def _notes(versions: Iterable[int]) -> dict[int, str]:
    """What the editor of each version wrote for readers."""
    rows = Revision.page_revisions.filter(pk__in=set(versions))
    return {pk: note or "" for pk, note in rows.values_list("pk", "content__change_note")}


def _reasons(versions: list[int]) -> dict[int, str]:
    found = {}
    for small in NotClinicalChange.objects.filter(revision_id__in=versions):
        found[small.revision_id] = _("{name} marked the change as not clinical.").format(
            name=small.name
        )
    for signed in SignOff.objects.filter(revision_id__in=versions).order_by("pk"):
        found[signed.revision_id] = _("Reviewed by {name}, {profession}, on {day}.").format(
            name=signed.name,
            profession=signed.profession,
            day=date_format(signed.signed_at, "j F Y"),
        )
    return found


def _what(
    one: _Published,
    before: int,
    contents: Mapping[int, dict[str, Any]],
    notes: Mapping[int, str],
) -> Iterator[str]:
    """The editor's own words first. A note that already stood there was of an earlier version."""
    note = notes.get(one.version, "")
    if note and note != notes.get(before, ""):
        yield note
    old, new = contents.get(before), contents.get(one.version)
    if one.is_first:
        yield _("A new page.")
    elif old is None or new is None:
        yield _("Published again.")
    else:
        yield from differences(old, new)

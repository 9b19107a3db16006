"""Who wrote a page since it was last signed: none of them may sign it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import PageLogEntry

from review.models.sign_off import SignOff

#: Entries of the audit log that put words on a page.
WRITING = (
    "wagtail.create",
    "wagtail.edit",
    "wagtail.revert",
    "wagtail.rename",
    "wagtail.copy",
    "wagtail.copy_for_translation",
    "wagtail.convert_alias",
)


def last_sign_off(page: Any, before: Any | None = None) -> SignOff | None:
    """The sign-off of the newest version, or of the newest before a given one."""
    sign_offs = SignOff.objects.filter(page_id=page.pk)
    if before is not None:
        sign_offs = sign_offs.filter(revision_id__lt=before.pk)
    found: SignOff | None = sign_offs.order_by("-revision_id", "-pk").first()
    return found


def authors(page: Any, since: SignOff | None, after_revision: int = 0) -> QuerySet[Any]:
    """Everyone who wrote after a version. Versions may be purged; the audit log never is."""
    revisions = page.revisions.filter(pk__gt=after_revision)
    unversioned = Q(revision=None)
    if since is not None:
        unversioned &= Q(timestamp__gt=since.signed_at)
    entries = PageLogEntry.objects.filter(page_id=page.pk, action__in=WRITING).filter(
        Q(revision_id__gt=after_revision) | unversioned
    )
    wrote = Q(pk__in=revisions.values("user_id")) | Q(pk__in=entries.values("user_id"))
    return get_user_model()._default_manager.filter(wrote)


def authors_to_sign(page: Any, revision: Any | None = None) -> QuerySet[Any]:
    """Those whose words a signature of this version would vouch for."""
    last = last_sign_off(page, before=revision)
    return authors(page, last, last.revision_id if last else 0)

"""Releases of the rules, for the library's page and feed “What changed and why”."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from checker.models import Release
from library.machines.history import Change


def release_changes(request: HttpRequest, most: int) -> list[Change]:
    """The newest releases of checkers that the public has. One query."""
    rows = (
        Release.objects.filter(checker__live__isnull=False)
        .select_related("checker", "author", "approver")
        .defer("snapshot", "crowd", "gate")
        .order_by("-created")
    )
    return [_change(request, release) for release in rows[:most]]


def _change(request: HttpRequest, release: Release) -> Change:
    place = reverse("checker:release", args=[release.checker.name, release.number])
    title = _("Symptom checker: {title}").format(title=release.checker.title)
    return Change(
        title=title,
        address=request.build_absolute_uri(place),
        version=release.number,
        when=release.created,
        what=(_("Release {number} of its rules.").format(number=release.number), release.note),
        why=_approval(release),
    )


def _approval(release: Release) -> str:
    """A full name only, as on the page of the releases."""
    if release.approver is None:
        return _("No second person has approved it.")
    name = release.approver.get_full_name()
    return _("Approved by {name}.").format(name=name) if name else _("A second person approved it.")

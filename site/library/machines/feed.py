"""What changed and why: a page for readers, the same as an Atom feed.

*What* is the sentence that the editor wrote for readers, if there is one, and what comparing a
published version with the one before it finds; *why* is what clinicians recorded about it. Their
comments were written for the editors of a page, so they stay there.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from library.brand import brand_of
from library.machines.history import changes


def changes_page(request: HttpRequest) -> HttpResponse:
    return render(request, "library/machines/changes.html", {"changes": changes(request)})


def changes_feed(request: HttpRequest) -> HttpResponse:
    own = request.build_absolute_uri(reverse("library:changes_feed"))
    name = brand_of(request).name
    feed = _Feed(
        title=_("{name}: what changed and why").format(name=name),
        author_name=name,
        link=request.build_absolute_uri(reverse("library:changes")),
        description=_("Pages that were published, what changed in them, and who has reviewed it."),
        feed_url=own,
        language=get_language(),
    )
    for change in changes(request):
        feed.add_item(
            title=change.title,
            link=change.address,
            unique_id=f"{change.address}#version-{change.version}",
            description=" ".join([*change.what, change.why]),
            updateddate=change.when,
            pubdate=change.when,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


class _Feed(Atom1Feed):
    def latest_post_date(self):  # type: ignore[no-untyped-def]
        """A feed without entries is as old as this answer."""
        return super().latest_post_date() if self.items else timezone.now()

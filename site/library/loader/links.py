"""Addresses in content files (page:…, term:…, checker:…) and what they become in rich text."""

from collections.abc import Collection, Mapping

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from library.loader.markdown import LinkResolver

ALLOWED = ("https://", "mailto:", "tel:")


def resolver(
    page_ids: Mapping[str, int], terms: Collection[str], gone: Collection[str] = ()
) -> LinkResolver:
    """A resolver that knows these pages (slug → primary key) and glossary terms.

    ``gone`` are pages of the files that an editor has deleted: their links become plain words.
    """

    def page(slug: str) -> dict[str, str]:
        if slug not in page_ids and slug not in gone:
            raise ValueError(f"there is no page “{slug}”")
        return {} if slug in gone else {"linktype": "page", "id": str(page_ids[slug])}

    def term(key: str) -> dict[str, str]:
        if key not in terms:
            raise ValueError(f"there is no glossary term “{key}”")
        return {"href": f"{reverse('library:glossary')}#{key}"}

    ours = {"page": page, "term": term, "checker": lambda name: {"href": _checker(name)}}

    def attributes(href: str) -> dict[str, str]:
        scheme, _, rest = href.partition(":")
        if scheme in ours:
            return ours[scheme](rest)
        if href.startswith(ALLOWED):
            return {"href": href}
        raise ValueError(f"a link goes to page:…, term:…, checker:… or https://…, not “{href}”")

    return attributes


def address(attributes: Mapping[str, str | None], slugs: Mapping[int, str]) -> str:
    """The other way round: what a link of rich text is in a content file. Empty if it is dead."""
    if attributes.get("linktype") == "page":
        slug = slugs.get(int(attributes.get("id") or 0))
        return f"page:{slug}" if slug else ""
    href = attributes.get("href") or ""
    path, _, anchor = href.partition("#")
    if path == reverse("library:glossary") and anchor:
        return f"term:{anchor}"
    if path.startswith("/"):
        return _checker_address(path)
    return href if href.startswith(ALLOWED) else ""


def _checker_address(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return f"checker:{match.kwargs['name']}" if match.view_name == "checker:start" else ""


def _checker(name: str) -> str:
    try:
        return reverse("checker:start", args=[name])
    except NoReverseMatch as error:
        raise ValueError(f"there is no checker “{name}”") from error

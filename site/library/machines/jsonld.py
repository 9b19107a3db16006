"""What a page is, for search engines: schema.org as JSON-LD.

It says only what the page says to its reader, and is made of what the page has fetched anyway. A
reviewer is named only where the version that is live is the one that was reviewed.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from library.brand import brand_of
from library.machines import conditions
from library.machines.addresses import page_address
from library.machines.share_image import image_address
from library.models import CausePage, GlossaryTerm, Source, TopicPage
from library.models.clinical_page import ClinicalPage
from library.pieces import piece
from library.reading import Reading
from review.status import State

Thing = dict[str, Any]
#: “</script>” inside a title would end the block and begin a page of somebody else's.
_UNSAFE = re.compile("[<>&\u2028\u2029]")
REVIEWED = (State.SIGNED, State.OVERDUE)


def as_script(things: Sequence[Thing]) -> SafeString:
    """JSON that is safe inside a script element."""
    data = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04X}", text)
    return mark_safe(text)  # noqa: S308 - every sign that could end the element is escaped


def said(thing: Mapping[str, Any]) -> Thing:
    """Without what is not known."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {})}


def page_things(
    page: ClinicalPage, context: Mapping[str, Any], request: HttpRequest
) -> list[Thing]:
    url = page_address(request, page)
    reading: Reading = context["reading"]
    web_page = said(
        {
            "@type": "MedicalWebPage",
            "@id": url,
            "url": url,
            "name": page.title,
            "description": page.search_description or page.answer,
            "abstract": page.answer,
            "inLanguage": get_language(),
            "datePublished": _day(page.first_published_at),
            "dateModified": _day(page.last_published_at),
            "image": image_address(request, page),
            "publisher": {"@type": "Organization", "name": brand_of(request).name},
            "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
            "citation": _citations(reading),
            **_review(page),
            **_about(page, context, request, url),
        }
    )
    above = [(one.title, request.build_absolute_uri(one.url)) for one in reading.breadcrumbs]
    trail = _trail([*above, (page.title, url)])
    things = [web_page, *([trail] if reading.breadcrumbs else [])]
    if isinstance(page, CausePage):
        things.append(conditions.condition(page, context, request, f"{url}#condition"))
    if isinstance(page, TopicPage):
        causes = context.get("causes") or []
        things += conditions.symptom(page, causes, request, f"{url}#symptom")
    return things


def _about(page: ClinicalPage, context: Mapping[str, Any], request: HttpRequest, url: str) -> Thing:
    if isinstance(page, CausePage):
        return {"mainEntity": {"@id": f"{url}#condition"}}
    causes = context.get("causes") or []
    about: Thing = {"about": [conditions.reference(cause, request) for cause in causes]}
    if isinstance(page, TopicPage):
        about["mainEntity"] = {"@id": f"{url}#symptom"}
    return about


def _review(page: ClinicalPage) -> Thing:
    status = page.review_status
    if status.state not in REVIEWED or status.signed_at is None:
        return {}
    reviewer = {"@type": "Person", "name": status.name, "jobTitle": status.profession}
    return {"reviewedBy": reviewer, "lastReviewed": status.signed_at.date().isoformat()}


def _citations(reading: Reading) -> list[Thing]:
    return piece(
        ("citations", reading.source_ids),
        lambda: _works(one.source for one in reading.citations.values()),
    )


def _works(sources: Iterable[Source]) -> list[Thing]:
    """Not expert judgement: that is no publication."""
    return [
        said(
            {
                "@type": "CreativeWork",
                "name": source.title,
                "author": source.authors,
                "publisher": source.body,
                "datePublished": str(source.year or ""),
                "url": source.link,
            }
        )
        for source in sources
        if source.kind != Source.Kind.EXPERT
    ]


def _trail(pages: Iterable[tuple[str, str]]) -> Thing:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": title,
                "item": address,
            }
            for position, (title, address) in enumerate(pages, start=1)
        ],
    }


def glossary_things(terms: Sequence[GlossaryTerm], url: str, name: str) -> list[Thing]:
    return [
        {
            "@type": "DefinedTermSet",
            "@id": url,
            "name": name,
            "hasDefinedTerm": [_term(term, url) for term in terms],
        }
    ]


def _term(term: GlossaryTerm, url: str) -> Thing:
    return said(
        {
            "@type": "DefinedTerm",
            "@id": f"{url}#{term.key}",
            "name": term.term,
            "alternateName": term.other_names,
            "description": term.definition,
            "inDefinedTermSet": url,
        }
    )


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""

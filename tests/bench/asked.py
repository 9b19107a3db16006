"""What readers, editors and people who mean harm ask of a large library."""

from typing import Any
from urllib.parse import quote

#: What readers type: everywhere, common, rare, misspelt, nowhere, long, not words at all.
EVERYWHERE = ("made", "library", "made up library", "to try a large library", "pain", "page")
COMMON = ("knee", "calf", "back pain", "swollen calf", "doctor treatment", "cold foot", "surgery")
MISSPELT = ("siatica", "trombosis", "exersise", "swolen calf", "medicin", "anticoaglant")
ABSENT = ("xylophone", "qwertzuiop", "zzzz", "brontosaurus nest")
HOSTILE = (
    " ".join(f"{word} pain" for word in ("knee", "hip", "calf", "back", "leg") * 5),
    "pain " * 50, "%", "*", "a* OR b*", '"pain', "pain NEAR back", "_" * 90, "made" * 25,
    "the of a", "\u0000", "'; DROP TABLE", "(((((", "p:* | a:*", "up to a large",
)  # fmt: skip
BEGINNINGS = ("ma", "made", "made u", "pa", "sci", "kn", "xq", "li", "up", "blood clo", "zz")
KINDS = ("", "causes", "treatments", "exercises", "tips", "other")
#: Of the starter library, which stands in a large one too: these must not ask more often there.
SAME = {
    "article": "/back-and-calf-pain/slipped-disc/",
    "topic": "/back-and-calf-pain/",
    "search": "/search/?q=swollen+calf",
    "A to Z": "/a-z/",
    "sitemap": "/sitemap.xml",
}


def searches() -> dict[str, list[str]]:
    found = {
        "rare, common, misspelt, absent": [*_rare(), *COMMON, *MISSPELT, *ABSENT],
        "everywhere": EVERYWHERE,
        "hostile": HOSTILE,
    }
    asked = {name: [f"/search/?q={quote(word)}" for word in words] for name, words in found.items()}
    asked["begun"] = [f"/search/suggest/?q={quote(word)}&format=json" for word in BEGINNINGS]
    asked["filtered"] = [
        f"/search/?q={word}&kind={kind}" for word in ("made", "pain", "knee") for kind in KINDS
    ]
    return asked


def _rare() -> list[str]:
    """Words of a single name, first and last in the tree."""
    from wagtail.models import Page

    pages = Page.objects.filter(slug__startswith="made-up-").order_by("path")
    return [title.split()[0] for title in pages.values_list("title", flat=True)[:10000:400]]


def pages() -> dict[str, str]:
    """What readers and machines open: one made-up page of each kind, and all lists."""
    from library import models

    kinds = (
        models.TopicPage, models.CausePage, models.TipPage, models.TreatmentPage, models.IndexPage,
        models.InfoPage,
    )  # fmt: skip
    made_up = {
        kind._meta.model_name or "": kind.objects.filter(slug__startswith="made-up-").first().url
        for kind in kinds
    }
    return {
        "home": "/",
        **made_up,
        "list, last part": made_up["indexpage"] + "?page=9999",
        "page as Markdown": made_up["causepage"] + "page.md",
        "A to Z": "/a-z/",
        "A to Z, one letter": "/a-z/b/",
        "glossary": "/glossary/",
        "emergency signs": "/emergency/",
        "sitemap": "/sitemap.xml",
        "llms.txt": "/llms.txt",
        "changes": "/changes/",
        "changes, last part": "/changes/?page=9999",
        "feed": "/changes/atom.xml",
        "a place of the body": "/find/calf/",
        "a feeling, last part": "/find/numb/?page=9999",
        "API, list": "/api/v2/pages/?limit=20&offset=9900",
        "API, by slug": "/api/v2/pages/?slug=deep-vein-thrombosis",
        "API, by code": "/api/v2/pages/?icd10=I80.2",
        "API, odd code": "/api/v2/pages/?icd11=%25_%25_%25",
    }


def desk() -> dict[str, str]:
    """The admin, as somebody opens it who may do everything."""
    from django.urls import reverse
    from wagtail.models import Site

    from library import models

    def edit(model: Any) -> str:
        page = model.objects.filter(slug__startswith="made-up-").first()
        return reverse("wagtailadmin_pages:edit", args=[page.pk])

    tips = models.IndexPage.objects.filter(slug__startswith="made-up-").first()
    root = Site.objects.get(is_default_site=True).root_page
    reports = ("quality", "claims", "sources", "searches")
    return {
        "dashboard": reverse("wagtailadmin_home"),
        "explorer, home": reverse("wagtailadmin_explore", args=[root.pk]),
        "explorer, long list": reverse("wagtailadmin_explore", args=[tips.pk]),
        "edit a cause": edit(models.CausePage),
        "edit a tip": edit(models.TipPage),
        "edit a topic": edit(models.TopicPage),
        "search pages": reverse("wagtailadmin_pages:search") + "?q=pain",
        "choose a page": reverse("wagtailadmin_choose_page"),
        "choose, search": reverse("wagtailadmin_choose_page_search") + "?q=pain",
        "reviews": reverse("review_admin:report"),
        **{f"report: {name}": reverse(f"library_report_{name}") for name in reports},
        "sources": reverse(models.Source.snippet_viewset.get_url_name("list")),
        "feedback": reverse("feedback:index"),
        "site history": reverse("wagtailadmin_reports:site_history"),
    }

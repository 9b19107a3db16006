"""One address of every kind of page that the public meets. What holds for readers holds on each.

The checker's further steps need answers; test_checker_for_all.py walks them.
"""

from library.models import CausePage

CHECKER = "/symptom-checker/back-and-calf/"
KINDS = (
    "/",
    "/back-and-calf-pain/",
    "/back-and-calf-pain/slipped-disc/",
    "/back-and-calf-pain/deep-vein-thrombosis/",
    "/treatments/",
    "/treatments/ibuprofen/",
    "/prevention/",
    "/prevention/calf-stretch/",
    "/prevention/change-position/",
    "/about/",
    "/myths/",
    "/a-z/",
    "/glossary/",
    "/find/",
    "/find/calf/",
    "/search/",
    "/search/?q=siatica",
    "/search/?q=swollen+calf",
    "/search/?q=zzzz",
    "/changes/",
    "/emergency/",
    "/my-visit/",
    CHECKER,
    f"{CHECKER}questions/breathing/",
    "/nothing-is-here/",
)


def every_kind() -> tuple[str, ...]:
    """With what needs a key: the page that thanks for feedback."""
    return (*KINDS, f"/feedback/{CausePage.objects.get(key='strain').pk}/thanks/")

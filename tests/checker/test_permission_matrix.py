"""Who may do what: every role at every kind of object, by the addresses of the admin itself.

Letters say who may: (W)riter, (C)linician, (T)ranslator, safety (L)ead, (S)uperuser. Anonymous
visitors, accounts without a role and superusers without a second factor may do nothing of it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from checker.models import Checker, Release
from desk_acts import NOBODY, ROLES, Does, Opens, World, may, sign_in
from desk_world import furnish
from library.models import SearchSynonym
from review.models import ReviewInvitation


def fresh(world: World) -> Page:
    return Page.objects.get(pk=world["cause"].pk)


def snippet(app: str, model: str, key: str) -> dict[str, Opens]:
    name = f"wagtailsnippets_{app}_{model}"
    return {
        "list": Opens(f"{name}:list"),
        "add": Opens(f"{name}:add"),
        "edit": Opens(f"{name}:edit", (key,)),
        "delete": Opens(f"{name}:delete", (key,)),
    }


SOURCE = snippet("library", "source", "source")
TERM = snippet("library", "glossaryterm", "term")
SYNONYM = snippet("library", "searchsynonym", "synonym")
RULE = snippet("checker", "checkerrule", "rule")
COPY = snippet("checker", "workingcopy", "copy")
PAGES, PICKS = "wagtailadmin_pages", "wagtailsearchpromotions"
BULK = "?id={cause}&next=/admin/"

MATRIX: dict[str, tuple[str, Callable[[Client, World], bool]]] = {
    # Pages
    "explorer": ("WCTLS", Opens("wagtailadmin_explore", ("topic",))),
    "page: add": ("W...S", Opens(f"{PAGES}:add", ("library", "causepage", "topic"))),
    "page: edit": ("WCTLS", Opens(f"{PAGES}:edit", ("cause",))),
    "page: draft": ("WCTLS", Opens(f"{PAGES}:view_draft", ("cause",))),
    "page: history": ("WCTLS", Opens(f"{PAGES}:history", ("cause",))),
    "page: move": ("...LS", Opens(f"{PAGES}:move", ("cause",))),
    "page: copy": (
        "W...S",
        Does(
            f"{PAGES}:copy",
            ("cause",),
            lambda _world: Page.objects.filter(slug="twin").exists(),
            (("new_title", "Twin"), ("new_slug", "twin"), ("new_parent_page", "{topic}")),
        ),
    ),
    "page: privacy": ("...LS", Opens(f"{PAGES}:set_privacy", ("cause",))),
    "page: publish": (
        "...LS",
        Does(
            "wagtail_bulk_action",
            ("wagtailcore", "page", "publish"),
            lambda world: fresh(world).title == "A new title",
            query=BULK,
        ),
    ),
    "page: unpublish": (
        "...LS",
        Does(f"{PAGES}:unpublish", ("cause",), lambda world: not fresh(world).live),
    ),
    "page: delete": (
        "...LS",
        Does(
            f"{PAGES}:delete",
            ("cause",),
            lambda world: not Page.objects.filter(pk=world["cause"].pk).exists(),
        ),
    ),
    "page: lock": ("...LS", Does(f"{PAGES}:lock", ("cause",), lambda world: fresh(world).locked)),
    "page: unlock": (
        "...LS",
        Does(
            f"{PAGES}:unlock",
            ("locked",),
            lambda world: not Page.objects.get(pk=world["locked"].pk).locked,
        ),
    ),
    # Reviews
    "review report": ("WCTLS", Opens("review_admin:report")),
    "invite a reviewer": ("WC.LS", Opens("review_admin:invite", ("cause",))),
    "ask for a review": ("WC.LS", Opens("review_admin:ask", ("cause",))),
    "somebody else's invitation: withdraw": (
        "...LS",
        Does(
            "review_admin:withdraw",
            ("invitation",),
            lambda world: ReviewInvitation.objects.get().withdrawn_at is not None,
        ),
    ),
    # Library
    "sources: list": ("WCTLS", SOURCE["list"]),
    "source: add": ("W...S", SOURCE["add"]),
    "source: edit": ("WC.LS", SOURCE["edit"]),
    "source: delete": ("....S", SOURCE["delete"]),
    "glossary: list": ("WCTLS", TERM["list"]),
    "term: add": ("W...S", TERM["add"]),
    "term: edit": ("WC.LS", TERM["edit"]),
    "term: delete": ("....S", TERM["delete"]),
    "feedback: inbox": ("WC.LS", Opens("feedback:index")),
    "feedback: answer": ("W..LS", Opens("feedback:edit", ("feedback",))),
    "feedback: make up": (".....", Opens("feedback:add")),
    "feedback: delete": ("....S", Opens("feedback:delete", ("feedback",))),
    # Search
    "synonyms: list": ("WC.LS", SYNONYM["list"]),
    "synonym: add": (
        "W..LS",
        Does(
            "wagtailsnippets_library_searchsynonym:add",
            (),
            lambda _world: SearchSynonym.objects.filter(key="sore").exists(),
            (("key", "sore"), ("words", "sore\npainful")),
        ),
    ),
    "synonym: edit": ("W..LS", SYNONYM["edit"]),
    "synonym: delete": ("W..LS", SYNONYM["delete"]),
    "promoted results: list": ("W..LS", Opens(f"{PICKS}:index")),
    "promoted result: add": ("W..LS", Opens(f"{PICKS}:add")),
    "promoted result: edit": ("W..LS", Opens(f"{PICKS}:edit", ("query",))),
    "promoted result: delete": ("W..LS", Opens(f"{PICKS}:delete", ("query",))),
    # The checker
    "workbench": (".C.LS", Opens("checker_admin:workbench", ("legs",))),
    "try the working copy": (".C.LS", Opens("checker_admin:try", ("legs",))),
    "its files": (".C.LS", Opens("checker_admin:download", ("legs",))),
    "questions: list": (".C.LS", Opens("wagtailsnippets_checker_checkerquestion:list")),
    "question: edit": (".C.LS", Opens("wagtailsnippets_checker_checkerquestion:edit", ("asked",))),
    "cause: edit": (".C.LS", Opens("wagtailsnippets_checker_checkercause:edit", ("meant",))),
    "sign: edit": (".C.LS", Opens("wagtailsnippets_checker_checkersign:edit", ("sign",))),
    "case: edit": (".C.LS", Opens("wagtailsnippets_checker_checkercase:edit", ("case",))),
    "rule: add": (".C.LS", RULE["add"]),
    "rule: edit": (".C.LS", RULE["edit"]),
    "rule: delete": (".C.LS", RULE["delete"]),
    "title and notes: edit": (".C.LS", COPY["edit"]),
    "title and notes: delete": ("....S", COPY["delete"]),
    "proposals": (".C.LS", Opens("checker_admin:proposals")),
    "proposal: read": (".C.LS", Opens("checker_admin:proposal", ("proposal",))),
    "proposal: make": (".C.LS", Opens("checker_admin:propose", ("legs",))),
    "proposal: approve": (
        "...LS",
        Does(
            "checker_admin:proposal",
            ("proposal",),
            lambda _world: Release.objects.count() == 2,
            (("step", "approve"), ("answer", "")),
        ),
    ),
    "releases": (".C.LS", Opens("checker_admin:releases")),
    "release: read": (".C.LS", Opens("checker_admin:release", ("legs", 1))),
    "checker: take down": (
        ".C.LS",
        Does(
            "checker_admin:switch",
            ("legs",),
            lambda _world: Checker.objects.get(name="legs").is_down,
            (("reason", "A doubt about calves."),),
        ),
    ),
    "checker: put back": (
        "...LS",
        Does(
            "checker_admin:switch",
            ("arms",),
            lambda _world: not Checker.objects.get(name="arms").is_down,
            (("reason", "It was mended."),),
        ),
    ),
    # Reports
    "report: quality": ("WCTLS", Opens("library_report_quality")),
    "report: claims": ("WCTLS", Opens("library_report_claims")),
    "report: sources": ("WCTLS", Opens("library_report_sources")),
    "report: searches": ("WCTLS", Opens("library_report_searches")),
    "report: site history": ("WCTLS", Opens("wagtailadmin_reports:site_history")),
    "report: locked pages": ("...LS", Opens("wagtailadmin_reports:locked_pages")),
    "report: ageing pages": ("WCTLS", Opens("wagtailadmin_reports:aging_pages")),
    # The owner's
    "name, looks, phone lines": (
        "....S",
        Opens("wagtailsettings:edit", ("library", "sitebrand", "site")),
    ),
    "users": ("....S", Opens("wagtailusers_users:index")),
    "user: add": ("....S", Opens("wagtailusers_users:add")),
    "user: edit": ("....S", Opens("wagtailusers_users:edit", ("user",))),
    "user: delete": ("....S", Opens("wagtailusers_users:delete", ("user",))),
    "roles": ("....S", Opens("wagtailusers_groups:index")),
    "sites": ("....S", Opens("wagtailsites:index")),
    "collections": ("....S", Opens("wagtailadmin_collections:index")),
    "workflows": ("....S", Opens("wagtailadmin_workflows:index")),
    "redirects": ("....S", Opens("wagtailredirects:index")),
    "redirect: edit": ("....S", Opens("wagtailredirects:edit", ("redirect",))),
    "images": ("....S", Opens("wagtailimages:index")),
    "image: add": ("....S", Opens("wagtailimages:add")),
    "image: edit": ("....S", Opens("wagtailimages:edit", ("image",))),
    "image: delete": ("....S", Opens("wagtailimages:delete", ("image",))),
    "documents": ("....S", Opens("wagtaildocs:index")),
    "document: add": ("....S", Opens("wagtaildocs:add")),
    "document: edit": ("....S", Opens("wagtaildocs:edit", ("document",))),
    "document: delete": ("....S", Opens("wagtaildocs:delete", ("document",))),
}


@pytest.fixture
def world(legs: Any, clinician: Any, settings: Any, tmp_path: Any, monkeypatch: Any) -> World:
    monkeypatch.setattr("library.publishing.reasons.reasons_against", lambda *_args: [])
    settings.MEDIA_ROOT = tmp_path
    return furnish(legs, clinician)


# Wagtail leaves the temporary file of a thumbnail to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.parametrize("who", [*ROLES, "S", *NOBODY])
def test_the_matrix(who: str, world: World) -> None:
    client = sign_in(who)
    told = {what: may(client, world, act) for what, (_letters, act) in MATRIX.items()}
    right = {what: who in letters for what, (letters, _act) in MATRIX.items()}
    wrong = {what: f"may: {does}" for what, does in told.items() if does is not right[what]}
    assert wrong == {}

"""One of each thing that the admin keeps, for the permission matrix."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Site

from checker.models import (
    Checker,
    CheckerCase,
    CheckerCause,
    CheckerQuestion,
    CheckerRule,
    CheckerSign,
)
from checker.proposals import propose
from library.models import CausePage, Feedback, GlossaryTerm, SearchSynonym, Source
from review import invitations
from review.models import ReviewInvitation
from review_tree import plant


def furnish(legs: Any, somebody: Any) -> dict[str, Any]:
    """Beside the checker “legs”. None of it is made by the people of the matrix."""
    plant()
    cause = CausePage.objects.get(key="strain")
    cause.title = "A new title"
    cause.save_revision()
    locked = CausePage.objects.get(key="disc")
    Page.objects.filter(pk=locked.pk).update(locked=True)
    CheckerQuestion.objects.filter(key="desk").update(why="We ask because sitting matters.")
    invitation = ReviewInvitation(name="Dr Outside", email="outside@clinic.example")
    invitations.invite(invitation, cause, somebody, timedelta(days=7))
    Checker.objects.create(name="arms", title="Arms", is_down=True)
    root = Collection.get_first_root_node()
    return {
        "cause": cause,
        "topic": cause.get_parent(),
        "locked": locked,
        "invitation": invitation,
        "source": Source.objects.first(),
        "term": GlossaryTerm.objects.create(term="Sciatica", definition="Pain along a nerve."),
        "feedback": Feedback.objects.create(page=cause, clear=True),
        "synonym": SearchSynonym.objects.create(key="calf", words="calf\nlower leg"),
        "query": Query.get("clot"),
        "copy": legs,
        "asked": CheckerQuestion.objects.first(),
        "meant": CheckerCause.objects.first(),
        "sign": CheckerSign.objects.first(),
        "case": CheckerCase.objects.first(),
        "rule": CheckerRule.objects.first(),
        "proposal": propose(legs, somebody, "The guideline says so."),
        "site": Site.objects.get(),
        "user": somebody,
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/new"),
        "image": get_image_model().objects.create(
            title="A foot", file=get_test_image_file(), collection=root
        ),
        "document": Document.objects.create(
            title="Rota", file=ContentFile(b"%PDF-1.4", name="rota.pdf")
        ),
    }

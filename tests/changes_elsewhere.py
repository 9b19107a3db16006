"""What can be done to anything but a page, one thing each: for the tests of what is made new."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from wagtail.models import Site

from changes_to_pages import strain
from checker.models import Checker, Release
from library.models import Feedback, GlossaryTerm, SearchSynonym, Source
from library.models.brand import SiteBrand
from library.reading import Reading
from review.models import ReviewRequest, SignOff


def withdraw_source() -> None:
    source = next(iter(Reading(strain()).citations.values())).source
    source.status = Source.Status.WITHDRAWN
    source.save()


def change_term() -> None:
    for term in GlossaryTerm.objects.all()[:12]:
        term.definition += " So they say."
        term.save()


def change_term_key() -> None:
    term = GlossaryTerm.objects.get(key="sciatica")
    term.key = "sciatic-pain"
    term.save()


def delete_term() -> None:
    GlossaryTerm.objects.first().delete()


def name_the_site() -> None:
    brand = SiteBrand.for_site(Site.objects.get())
    brand.name = "Riverside Clinic"
    brand.save()


def call_another_number() -> None:
    brand = SiteBrand.for_site(Site.objects.get())
    brand.country = "us"
    brand.save()


def take_checker_down() -> None:
    checker = Checker.objects.get()
    checker.is_down = True
    checker.save()


def no_release() -> None:
    checker = Checker.objects.get()
    checker.live = None
    checker.save()


def sign() -> None:
    page = strain()
    SignOff.objects.create(
        page=page,
        revision=page.live_revision,
        user=get_user_model().objects.get_or_create(username="ada")[0],
        name="Dr Ada Nkosi",
        profession="General practitioner",
        registration="GMC 1",
        valid_until=date.today() + timedelta(days=90),
    )


def ask_for_review() -> None:
    sign()
    ReviewRequest.objects.create(page=strain(), due=date.today() - timedelta(days=1), reason="x")


def another_release() -> None:
    """The same rules under another number."""
    checker = Checker.objects.get()
    release = Release.objects.get(pk=checker.live_id)
    values = {f.attname: getattr(release, f.attname) for f in Release._meta.concrete_fields}
    for name in ("id", "number", "created"):
        values.pop(name)
    checker.live = Release.objects.create(number=release.number + 1, **values)
    checker.save()


def new_synonym() -> None:
    SearchSynonym.objects.create(key="lower-leg", words="lower leg\nshank")


def new_feedback() -> None:
    Feedback.objects.create(page=strain(), clear=True)

"""What can be done to a page, one thing each: for the tests of what is made new."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page, PageViewRestriction

from library.models import (
    CausePage,
    CauseTip,
    IndexPage,
    InfoPage,
    TipPage,
    TopicPage,
    TreatmentPage,
)
from library.reading import Reading


@dataclass(frozen=True)
class Change:
    act: Callable[[], None]
    #: Answers that look different afterwards.
    seen: frozenset[str] = frozenset()
    #: Answers that may be made again although they come out the same.
    spare: frozenset[str] = frozenset()


def strain() -> CausePage:
    return CausePage.objects.get(key="strain")


def tip_of_strain() -> TipPage:
    return CauseTip.objects.filter(page__key="strain", tip__live=True).first().tip


def reword(page: Page) -> None:
    page.title = f"{page.title} anew"
    page.save_revision().publish()


def publish_text(page: Page) -> None:
    """A few more words in its body, and nothing else."""
    text = json.dumps(page.body.get_prep_value())
    page.body = page.body.stream_block.to_python(json.loads(text.replace(".</p>", " now.</p>", 1)))
    page.save_revision().publish()


def text_of_cause() -> None:
    publish_text(strain())


def text_of_tip() -> None:
    publish_text(tip_of_strain())


def text_of_treatment() -> None:
    publish_text(TreatmentPage.objects.get(slug="heat"))


def text_of_topic() -> None:
    publish_text(TopicPage.objects.get())


def text_of_info() -> None:
    publish_text(InfoPage.objects.get(slug="about"))


def answer_of_cause() -> None:
    page = strain()
    page.answer = f"Anew: {page.answer}"
    page.save_revision().publish()


def publish_the_same() -> None:
    strain().save_revision().publish()


def reword_cause() -> None:
    reword(strain())


def reword_tip() -> None:
    reword(tip_of_strain())


def retitle_neighbour() -> None:
    """Into the place right behind another exercise."""
    heels = TipPage.objects.get(slug="heel-raises")
    page = TipPage.objects.get(slug="walking")
    page.title = f"{heels.title} and more"
    page.save_revision().publish()


def new_answer_of_a_menu_page() -> None:
    page = IndexPage.objects.get(slug="prevention")
    page.answer = f"Anew: {page.answer}"
    page.save_revision().publish()


def reword_menu() -> None:
    reword(InfoPage.objects.get(slug="about"))


def reword_topic() -> None:
    reword(TopicPage.objects.get())


def unpublish_tip() -> None:
    tip_of_strain().unpublish()


def publish_again() -> None:
    tip_of_strain().unpublish()
    tip_of_strain_id = CauseTip.objects.filter(page__key="strain").first().tip_id
    Page.objects.get(pk=tip_of_strain_id).specific.save_revision().publish()


def delete_lookalike() -> None:
    CausePage.objects.get(key="cellulitis").delete()


def move_cause() -> None:
    cause = strain()
    cause.move(cause.get_siblings().last(), pos="right")


def change_slug() -> None:
    cause = strain()
    cause.slug = "strained-back"
    cause.save_revision().publish()


def change_role() -> None:
    cause = CausePage.objects.get(key="cellulitis")
    cause.role = CausePage.Role.CAUSE
    cause.save_revision().publish()


def new_page() -> None:
    original = CausePage.objects.get(key="cellulitis")
    original.copy(update_attrs={"slug": "another", "title": "Another", "key": "another"})


def unrelate_tip() -> None:
    cause = strain()
    cause.tip_links = [one for one in cause.tip_links.all() if one.tip.slug != "flight-stockings"]
    cause.save_revision().publish()


def relate_tip() -> None:
    cause = strain()
    cause.tip_links.add(CauseTip(tip=TipPage.objects.get(slug="flight-stockings")))
    cause.save_revision().publish()


def relate_another_tip() -> None:
    cause = strain()
    links = list(cause.tip_links.all())
    links[0].tip = TipPage.objects.get(slug="flight-stockings")
    cause.tip_links = links
    cause.save_revision().publish()


def another_care_card() -> None:
    tip = TipPage.objects.get(slug="flight-stockings")
    tip.care.add(CausePage.objects.get(key="cauda_equina"))
    tip.save_revision().publish()


def link_gone() -> None:
    linked = Reading(strain()).linked_ids
    Page.objects.filter(pk__in=linked).live().last().specific.unpublish()


def restrict() -> None:
    clot = CausePage.objects.get(key="venous_thrombosis")
    PageViewRestriction.objects.create(page=clot, restriction_type="login")


def draft() -> None:
    page = strain()
    page.title = "Not for readers yet"
    page.save_revision()

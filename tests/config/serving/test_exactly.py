"""After any change every answer is what it would be if nothing were kept, and only those are made
again that look different. What may be made again in vain is named, with the reason."""

from pathlib import Path

import pytest
from django.apps import apps

import changes_elsewhere as elsewhere
import changes_to_pages as pages
from changes_to_pages import Change
from config.serving.changes import UNSEEN
from config.serving.stamp import FileCounter
from library import fresh
from serving_site import Site, committed, settle

pytestmark = pytest.mark.usefixtures("library")

TOPIC = "/back-and-calf-pain/"
STRAIN, DVT, LOOKALIKE = (
    f"{TOPIC}back-and-calf-strain/",
    f"{TOPIC}deep-vein-thrombosis/",
    f"{TOPIC}cellulitis/",
)
ABOUT, TIPS, TREATMENTS = "/about/", "/prevention/", "/treatments/"
HEAT, UNRELATED = "/treatments/heat/", "/treatments/rivaroxaban/"
STOCKINGS, HEELS = f"{TIPS}flight-stockings/", f"{TIPS}heel-raises/"
TWIN = f"{STRAIN}page.md"
A_TO_Z, GLOSSARY, LLMS, EMERGENCY = "/a-z/", "/glossary/", "/llms.txt", "/emergency/"
#: They tell when each page was published, so every publishing may show in them.
DIARIES = frozenset({"/changes/", "/changes/atom.xml", "/sitemap.xml"})
PATHS = (
    *("/", TOPIC, TIPS, TREATMENTS, A_TO_Z, GLOSSARY, *sorted(DIARIES), LLMS, EMERGENCY),
    *(STRAIN, DVT, ABOUT, LOOKALIKE, HEAT, STOCKINGS, HEELS, UNRELATED, TWIN),
)
#: A twin is made of the page's row, though it leaves things out.
OWN = DIARIES | {TWIN}
#: A list stands on all that lists show of a page, also on what this one leaves out.
LISTS = DIARIES | {TOPIC, A_TO_Z}
#: Any title can be the one before or after in a list by title; who links to a page stands on its
#: name, though only its address is shown.
BESIDE = OWN | {DVT, STOCKINGS, HEELS, HEAT, UNRELATED}
#: Each page stands on which pages there are: menu, trail and related pages come from that.
EVERY = frozenset(PATHS)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    shared = FileCounter(tmp_path / "stamp")
    monkeypatch.setattr(fresh, "counter", shared)
    fresh.changed("nothing")  # tells what tests before this one took back
    settle()
    return Site(shared)


def change(act: object, *seen: str, spare: frozenset[str] = DIARIES) -> Change:
    return Change(act, frozenset(seen), spare)  # type: ignore[arg-type]


WORDS = [
    change(pages.draft, spare=frozenset()),
    change(pages.publish_the_same, STRAIN, spare=OWN),
    change(pages.text_of_cause, STRAIN, TWIN),
    change(pages.text_of_tip),
    change(pages.text_of_treatment, HEAT),
    change(pages.text_of_topic, TOPIC),
    change(pages.text_of_info, ABOUT),
    change(pages.answer_of_cause, STRAIN, TWIN, "/", LLMS, spare=LISTS),
]
NAMES = [
    change(pages.reword_cause, STRAIN, TWIN, TOPIC, "/", A_TO_Z, spare=BESIDE),
    change(pages.reword_tip, STRAIN, TIPS, A_TO_Z, "/changes/atom.xml", spare=BESIDE),
    change(pages.retitle_neighbour, HEELS, TIPS, spare=BESIDE),
    change(pages.new_answer_of_a_menu_page, TIPS, spare=LISTS),
    change(pages.reword_menu, ABOUT, STRAIN, DVT, A_TO_Z, spare=OWN),
    change(pages.reword_topic, TOPIC, STRAIN, "/", A_TO_Z, spare=OWN),
]
RELATIONS = [
    change(pages.relate_another_tip, STRAIN, STOCKINGS, spare=OWN),
    change(pages.unrelate_tip, STRAIN, STOCKINGS, spare=OWN),
    change(pages.relate_tip, STRAIN, STOCKINGS, spare=OWN),
    change(pages.another_care_card, STOCKINGS),
    change(elsewhere.sign, STRAIN),
    change(elsewhere.ask_for_review, STRAIN),
]
TREE = [
    change(pages.unpublish_tip, STRAIN, TIPS, A_TO_Z, "/sitemap.xml", spare=EVERY),
    change(pages.publish_again, STRAIN, TIPS, A_TO_Z, spare=EVERY),
    change(pages.change_role, TOPIC, "/", spare=EVERY),
    change(pages.move_cause, TOPIC, spare=EVERY),
    change(pages.link_gone, STRAIN, spare=EVERY),
    change(pages.new_page, TOPIC, A_TO_Z, "/sitemap.xml", spare=EVERY),
    change(pages.delete_lookalike, TOPIC, A_TO_Z, LOOKALIKE, spare=EVERY),
    change(pages.change_slug, STRAIN, TOPIC, "/sitemap.xml", spare=EVERY),
    change(pages.restrict, DVT, A_TO_Z, "/sitemap.xml", spare=EVERY),
]
REST = [
    change(elsewhere.new_synonym),
    change(elsewhere.new_feedback),
    change(elsewhere.withdraw_source, STRAIN, spare=OWN),
    change(elsewhere.change_term, GLOSSARY),
    change(elsewhere.change_term_key, GLOSSARY, ABOUT),
    change(elsewhere.delete_term, GLOSSARY),
    change(elsewhere.another_release, "/changes/", spare=EVERY),  # any page may show its cards
    change(elsewhere.take_checker_down, spare=EVERY),
    change(elsewhere.no_release, STRAIN, TOPIC, EMERGENCY, spare=EVERY),
    change(elsewhere.name_the_site, "/", STRAIN, A_TO_Z, spare=EVERY),
    change(elsewhere.call_another_number, "/", STRAIN, A_TO_Z, spare=EVERY),
]


@pytest.mark.parametrize(
    "changes",
    [WORDS, NAMES, RELATIONS, TREE, REST],
    ids=["words", "names", "relations", "tree", "rest"],
)
def test_no_answer_is_old_and_none_is_made_in_vain(site: Site, changes: list[Change]) -> None:
    now = site.read(*PATHS)
    for change in changes:
        before = now
        site.made.clear()
        with committed():
            change.act()
        now, truth = site.read(*PATHS), site.truth(*PATHS)
        name = change.act.__name__
        assert (name, [path for path in PATHS if now[path] != truth[path]]) == (name, [])
        different = {path for path in PATHS if now[path] != before[path]}
        assert (name, change.seen - different) == (name, set())
        assert (name, site.made - different - change.spare) == (name, set())


def test_no_public_answer_shows_what_is_counted_as_unseen(site: Site) -> None:
    tables = {apps.get_model(label)._meta.db_table for label in UNSEEN}
    read: set[str] = set()
    for path in PATHS:
        with fresh.watching(site.shared) as watch:
            site.truth(path)
        assert watch is not None
        assert not watch.unknown, path
        read |= watch.tags
    # "What has changed" shows versions that were published, and publishing tells of itself.
    assert read & tables <= {"wagtailcore_revision"}

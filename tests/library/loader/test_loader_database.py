"""What a load does to the database: added, changed, unchanged, kept because edited, gone."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.search.backends import get_search_backend

from library.loader.report import ADDED, CHANGED, GONE, KEPT, UNCHANGED, Report
from library.models import CausePage, GlossaryTerm, IndexPage, InfoPage, Source, TipPage

Load = Callable[[], Report]
Change = Callable[[str, str, str], None]
DISC = "en/pain/causes/slipped-disc.md"
ALL = 14  # ten pages, two sources, two terms


def _counts(report: Report) -> dict[str, int]:
    return {outcome: len(names) for outcome, names in report.outcomes.items() if names}


def _disc() -> CausePage:
    return CausePage.objects.get(slug="slipped-disc")


def _publish(page: Page) -> None:
    page.save_revision().publish()


def test_a_first_load_makes_the_whole_tree(load: Load) -> None:
    assert _counts(load()) == {ADDED: ALL}
    home = Site.objects.get(is_default_site=True).root_page
    assert home.slug == "home"
    assert [p.slug for p in home.get_children()] == ["pain", "care", "moves", "about"]
    assert [p.slug for p in Page.objects.get(slug="pain").get_children()] == [
        "clot",
        "slipped-disc",
        "strain",
    ]
    assert not Page.objects.filter(depth=2).exclude(pk=home.pk).exists()


def test_a_page_holds_what_its_file_says(load: Load) -> None:
    load()
    page = _disc()
    assert (page.title, page.key, page.live) == ("About slipped-disc", "disc", True)
    assert page.search_description.startswith("A page that says")
    assert [c.slug for c in page.care.all()] == ["slipped-disc"]
    assert [p.slug for p in page.tips + page.treatments] == ["walking", "belt"]
    assert [p.slug for p in page.lookalikes] == ["clot"]
    prose, common = page.body
    assert prose.value["heading"] == "What it is"
    assert prose.value["text"].source == (
        '<p data-block-key="00001">A <a href="/glossary/#disc">disc</a> <b>bulges</b>.</p>'
    )
    assert [s.key for s in prose.value["sources"]] == ["NG59", "EXPERT"]
    assert (common.value["n"], common.value["of"], common.value["text"]) == (6, 10, "get better.")


def test_a_second_load_changes_nothing(load: Load) -> None:
    load()
    revisions = dict(Page.objects.values_list("pk", "latest_revision_id"))
    assert _counts(load()) == {UNCHANGED: ALL}
    assert dict(Page.objects.values_list("pk", "latest_revision_id")) == revisions


def test_everything_can_be_searched_and_its_uses_found(load: Load) -> None:
    """Indexing waits for the end of the load: then all of it must be there, once."""
    load()
    assert [p.slug for p in TipPage.objects.search("walking")] == ["walking"]
    assert [s.key for s in get_search_backend().search("Low back pain", Source)] == ["NG59"]
    users = ReferenceIndex.get_references_to(Source.objects.get(key="EXPERT"))
    slugs = ("slipped-disc", "walking", "clot")
    wanted = set(Page.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    assert {int(r.object_id) for r in users} == wanted


def test_an_edit_after_a_load_is_indexed_at_once_again(load: Load) -> None:
    load()
    page = TipPage.objects.get(slug="walking")
    page.title = "Strolling"
    _publish(page)
    assert [p.slug for p in TipPage.objects.search("strolling")] == ["walking"]


def test_what_changed_in_a_file_changes_on_the_site(load: Load, change: Change) -> None:
    load()
    change(DISC, "**bulges**", "**pushes out**")
    change("sources.toml", "Stay active.", "Keep active.")
    change("glossary.toml", "New or recent.", "New.")
    report = load()
    assert report.outcomes[CHANGED] == ["source NG59", "term acute", "page slipped-disc"]
    assert "pushes out" in _disc().body[0].value["text"].source
    assert Source.objects.get(key="NG59").says == "Keep active."
    assert GlossaryTerm.objects.get(key="acute").definition == "New."


def test_what_a_file_no_longer_says_is_emptied(load: Load, change: Change) -> None:
    load()
    change(DISC, 'tips = ["walking"]\n', "")
    change("en/care/belt.md", 'also_known_as = ["corset"]\n', "")
    change("sources.toml", "year = 2016\n", "")
    load()
    assert _disc().tips == []
    assert Page.objects.get(slug="belt").specific.also_known_as == ""
    assert Source.objects.get(key="NG59").year is None


def _edit(page: CausePage) -> None:
    page.title = "My own title"
    _publish(page)


def _draft(page: CausePage) -> None:
    page.title = "A draft"
    page.save_revision()


@pytest.mark.parametrize("work", [_edit, _draft, lambda page: page.unpublish()])
def test_an_editors_page_is_kept(
    load: Load, change: Change, work: Callable[[CausePage], None]
) -> None:
    load()
    work(_disc())
    before = CausePage.objects.filter(slug="slipped-disc").values().get()
    change(DISC, "**bulges**", "**pushes out**")
    assert load().outcomes[KEPT] == ["page slipped-disc"]
    assert CausePage.objects.filter(slug="slipped-disc").values().get() == before
    assert load().outcomes[KEPT] == ["page slipped-disc"]


def test_a_page_that_an_editor_moved_stays_there(load: Load, change: Change) -> None:
    load()
    about = Page.objects.get(slug="about")
    about.move(Page.objects.get(slug="pain"), "last-child")
    change("en/info/about.md", "About us.", "All about us.")
    assert load().outcomes[CHANGED] == ["page about"]
    page = InfoPage.objects.get(slug="about")
    assert page.get_parent().slug == "pain"
    assert "All about us" in page.body[0].value["text"].source


def test_a_page_with_a_new_address_is_still_the_same_page(load: Load) -> None:
    load()
    page = _disc()
    page.slug = "hernia"
    _publish(page)
    assert load().outcomes[KEPT] == ["page slipped-disc"]
    assert not Page.objects.filter(slug="slipped-disc").exists()


def test_a_deleted_page_does_not_come_back(load: Load, change: Change) -> None:
    """Nor does what names it fail: links become words, relations and terms lead elsewhere."""
    load()
    _disc().delete()
    change("en/home.md", "Read [about discs]", "Please read [about discs]")
    report = load()
    assert report.outcomes[KEPT] == ["page slipped-disc (deleted)"]
    home = Page.objects.get(slug="home").specific
    assert home.body[0].value["text"].source.endswith(">Please read about discs.</p>")
    assert GlossaryTerm.objects.get(key="disc").page is None


def test_pages_below_a_deleted_page_stay_away(load: Load, folder: Path) -> None:
    load()
    IndexPage.objects.get(slug="care").delete()
    text = (folder / "en/care/belt.md").read_text().replace("belt", "tape")
    (folder / "en/care/tape.md").write_text(text)
    assert load().outcomes[KEPT] == [
        "page care (deleted)",
        "page belt (deleted)",
        "page tape (the page above it was deleted)",
    ]


@pytest.mark.parametrize("field", ["says", "title"])
def test_an_editors_source_is_kept(load: Load, change: Change, field: str) -> None:
    load()
    Source.objects.filter(key="NG59").update(**{field: "My words."})
    change("sources.toml", "year = 2016", "year = 2020")
    assert load().outcomes[KEPT] == ["source NG59"]
    assert getattr(Source.objects.get(key="NG59"), field) == "My words."
    assert Source.objects.get(key="NG59").year == 2016


def test_a_deleted_term_does_not_come_back(load: Load) -> None:
    load()
    GlossaryTerm.objects.get(key="acute").delete()
    assert load().outcomes[KEPT] == ["term acute (deleted)"]
    assert not GlossaryTerm.objects.filter(key="acute").exists()


def test_a_term_that_an_editor_made_first_is_kept(load: Load, folder: Path) -> None:
    load()
    GlossaryTerm.objects.create(key="vein", term="Vein", definition="Mine.")
    with (folder / "glossary.toml").open("a") as file:
        file.write('\n[[term]]\nkey = "vein"\nterm = "Vein"\ndefinition = "A tube."\n')
    assert load().outcomes[KEPT] == ["term vein"]
    assert GlossaryTerm.objects.get(key="vein").definition == "Mine."


def test_an_edit_that_reaches_the_files_makes_both_one_again(load: Load, change: Change) -> None:
    load()
    GlossaryTerm.objects.filter(key="acute").update(definition="New.")
    page = _disc()
    page.title = "My own title"
    _publish(page)
    assert len(load().outcomes[KEPT]) == 2
    change("glossary.toml", "New or recent.", "New.")
    change(DISC, '"About slipped-disc"', '"My own title"')
    assert _counts(load()) == {UNCHANGED: ALL}
    change(DISC, '"My own title"', '"A title from the file"')
    assert load().outcomes[CHANGED] == ["page slipped-disc"]
    assert _disc().title == "A title from the file"


def test_a_dropped_file_is_said_and_its_page_left(load: Load, folder: Path) -> None:
    load()
    (folder / "en/info/about.md").unlink()
    text = (folder / "glossary.toml").read_text()
    (folder / "glossary.toml").write_text(text[: text.index('[[term]]\nkey = "acute"')])
    report = load()
    assert report.outcomes[GONE] == ["term acute", "page about"]
    assert "2 no longer in the files, left as it is" in report.summary()
    assert Page.objects.get(slug="about").live
    assert GlossaryTerm.objects.filter(key="acute").exists()


def test_a_new_file_makes_a_page_in_its_place(load: Load, folder: Path, change: Change) -> None:
    load()
    text = (folder / "en/pain/causes/strain.md").read_text()
    text = text.replace("strain", "sitting").replace("order = 2", "order = 1")
    (folder / "en/pain/causes/sitting.md").write_text(text)
    change(DISC, "order = 1", "order = 2")
    change("en/pain/causes/strain.md", "order = 2", "order = 3")
    report = load()
    assert report.outcomes[ADDED] == ["page sitting"]
    assert Page.objects.get(slug="sitting").live
    causes = CausePage.objects.filter(role="cause").order_by("path")
    assert [page.slug for page in causes] == ["sitting", "slipped-disc", "strain"]


def test_a_page_that_an_editor_made_first_is_kept(load: Load, folder: Path) -> None:
    load()
    home = Page.objects.get(slug="home")
    page = home.add_child(instance=InfoPage(title="News", slug="news", answer="Mine."))
    _publish(page)
    text = (folder / "en/info/about.md").read_text().replace("about", "news")
    (folder / "en/info/news.md").write_text(text)
    assert load().outcomes[KEPT] == ["page news"]
    assert InfoPage.objects.get(slug="news").answer == "Mine."


def test_another_kind_of_page_in_the_way_stops_the_load(load: Load, folder: Path) -> None:
    from library.loader.problems import ContentError

    load()
    home = Page.objects.get(slug="home")
    home.add_child(instance=IndexPage(title="News", slug="news", answer="Mine.", lists="tip"))
    text = (folder / "en/info/about.md").read_text().replace("about", "news")
    (folder / "en/info/news.md").write_text(text)
    with pytest.raises(ContentError, match=r"news\.md, line 3: the site has another kind of page"):
        load()


def test_the_command_shows_life_and_counts(db: None, folder: Path) -> None:
    out = StringIO()
    call_command("load_content", root=folder, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Reading the files …"
    assert "added: page slipped-disc" in lines
    assert lines[-1] == f"{ALL} added, 0 changed, 0 unchanged, 0 kept because edited"


def test_a_silent_load_is_silent(db: None, folder: Path) -> None:
    out = StringIO()
    call_command("load_content", root=folder, stdout=out, verbosity=0)
    assert out.getvalue() == ""

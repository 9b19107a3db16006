"""Every page prints as a leaflet: the browser makes the PDF, and this reads what stands in it."""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from browser.checker_steps import START, SWOLLEN_LEG, hand_over
from library.qr import qr_svg

SIZES = {"A4": (595, 842), "Letter": (612, 792)}  # in points
CAUSE, EXERCISE = "/back-and-calf-pain/slipped-disc/", "/prevention/bird-dog/"
PAGES = {CAUSE: 6, EXERCISE: 2, "/back-and-calf-pain/": 5, "/treatments/ibuprofen/": 4}
LISTS = ("/", "/emergency/", "/glossary/", "/a-z/", "/prevention/")
BLOCKS = ".piece, .care, .stop, .glance, .compare, .review, .page-list > li, .sources li, "
BLOCKS += ".glossary > div, .letter li, .stones > li"
CHINESE = re.compile("[\u4e00-\u9fff]")  # not every machine has a font for it
A_FEW_LINES = 0.13  # of a sheet, its margin included
TEXTS_OF_BLOCKS = """selector => [...document.querySelectorAll(selector)].map(block => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const shown = parent.checkVisibility({contentVisibilityAuto: true});
    const style = getComputedStyle(parent);
    const read = style.clipPath === "none" && style.fontSize !== "0px";
    if (shown && read && walker.currentNode.data.trim()) texts.push(walker.currentNode.data);
  }
  return texts;
})"""
HREFS = """links => links.filter(link => link.checkVisibility())
  .map(link => link.getAttribute("href"))"""


@dataclass(frozen=True)
class Leaflet:
    """The words of each sheet without any space, because a PDF has none of its own."""

    size: tuple[int, int]
    sheets: list[str]
    #: How far down its last words stand on the last sheet: 0 at its head, 1 at its foot.
    filled: float

    @property
    def text(self) -> str:
        return "".join(self.sheets)

    def says(self, words: str) -> bool:
        return squeezed(words) in self.text


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def print_(page: Page, size: str = "A4") -> Leaflet:
    reader = PdfReader(io.BytesIO(page.pdf(format=size)))
    box = reader.pages[0].mediabox
    sheets = [squeezed(sheet.extract_text()) for sheet in reader.pages]
    height = float(box.height)
    return Leaflet((int(box.width), int(box.height)), sheets, 1 - lowest(reader.pages[-1]) / height)


def lowest(sheet: PageObject) -> float:
    """Where the last line of a sheet stands, in points above its lower edge."""
    found: list[float] = []

    def note(text: str, place: list[float], line: list[float], *_font: object) -> None:
        if text.strip():
            found.append(place[3] * line[5] + place[5])

    sheet.extract_text(visitor_text=note)
    return min(found)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_becomes_a_leaflet(page: Page, address: str, size: str) -> None:
    page.goto(address)
    leaflet = print_(page, size)
    assert leaflet.size == SIZES[size]
    assert len(leaflet.sheets) <= PAGES[address] + (size == "Letter")
    # Care first: every line of the cards is on the first sheet
    page.emulate_media(media="print")
    for line in page.locator(".care-lead, .care-lines > li").all_inner_texts():
        assert squeezed(line) in leaflet.sheets[0], line
    # Nothing that only a screen can use
    for words in ("Skip to the main text", "On this page", "Not sure what you have?", "A to Z"):
        assert not leaflet.says(words), words
    # Links and sources are spelt out
    spelt = page.locator('.text a[href^="/"], .page-list a, .sources a').evaluate_all(HREFS)
    assert spelt
    assert [href for href in spelt if not leaflet.says(href)] == []
    # Which version it is, who reviewed it, and where the current one is
    assert re.search(r"Publishedon\d+\w+20\d\d,version\d+\.", leaflet.text)
    assert leaflet.says(page.locator("#review").inner_text())
    assert leaflet.says(page.url)
    assert "{" not in leaflet.text
    assert leaflet.filled > A_FEW_LINES


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", LISTS)
def test_a_list_becomes_a_leaflet_too(page: Page, address: str, size: str) -> None:
    page.goto(address)
    leaflet = print_(page, size)
    assert leaflet.says(page.url)
    assert leaflet.filled > A_FEW_LINES
    spelt = page.locator(".glossary dd > a, .letter .own").evaluate_all(HREFS)
    assert [href for href in spelt if not leaflet.says(href)] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_signs_of_an_emergency_are_one_sheet(page: Page, size: str) -> None:
    page.goto("/emergency/")
    leaflet = print_(page, size)
    assert len(leaflet.sheets) == 1
    assert leaflet.says("release 1 of")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", [*PAGES, "/", "/glossary/", "/a-z/", "/prevention/"])
def test_no_block_is_cut_in_two(page: Page, address: str, size: str) -> None:
    page.goto(address)
    leaflet = print_(page, size)
    page.emulate_media(media="print")
    blocks = page.evaluate(TEXTS_OF_BLOCKS, BLOCKS)
    assert len(blocks) > 10
    for texts in blocks:
        wanted = [squeezed(text) for text in texts if not CHINESE.search(text)]
        whole = any(all(text in sheet for text in wanted) for sheet in leaflet.sheets)
        assert whole, f"cut, or not printed: {texts}"


def test_the_square_leads_to_this_page_and_is_on_paper_only(page: Page) -> None:
    page.goto(EXERCISE)
    square = page.locator(".colophon .qr")
    assert square.is_hidden()
    page.emulate_media(media="print")
    assert square.is_visible()
    drawn = square.locator("path[stroke]").get_attribute("d")
    assert f'd="{drawn}"' in qr_svg(page.url)


def test_the_title_keeps_clear_of_the_square(page: Page) -> None:
    page.set_viewport_size({"width": 672, "height": 950})  # the text width of A4, at 96 dpi
    page.goto(CAUSE)
    page.emulate_media(media="print")
    square = page.locator(".colophon .qr").bounding_box()
    assert square is not None
    for words in page.locator(".masthead > h1, .masthead > .answer").all():
        end = words.evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e);"
            " return r.getBoundingClientRect().right; }"
        )
        assert end <= square["x"]


@pytest.mark.parametrize("size", SIZES)
def test_the_result_of_the_checker_is_cut_nowhere(
    open_page: Callable[..., Page], site: str, size: str
) -> None:
    page = open_page()
    hand_over(page, site, SWOLLEN_LEG)
    page.goto(START + "result/")
    leaflet = print_(page, size)
    assert len(leaflet.sheets) == 2
    page.emulate_media(media="print")
    blocks = page.evaluate(TEXTS_OF_BLOCKS, ".care, .fit, .answers > div")
    assert len(blocks) > 10
    for texts in blocks:
        wanted = [squeezed(text) for text in texts]
        assert any(all(text in sheet for text in wanted) for sheet in leaflet.sheets), texts
    causes = page.locator(".fit h3 a").evaluate_all(HREFS)
    assert causes
    assert [href for href in causes if not leaflet.says(href)] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_page_for_the_doctor_fits_on_one_sheet(
    open_page: Callable[..., Page], site: str, size: str
) -> None:
    page = open_page()
    hand_over(page, site, SWOLLEN_LEG)
    page.goto(START + "summary/")
    leaflet = print_(page, size)
    assert leaflet.size == SIZES[size]
    assert len(leaflet.sheets) == 1
    code = page.locator(".code").inner_text()
    for words in ("For the doctor", "Advice given:", "Rules: release", code):
        assert leaflet.says(words), words
    assert not leaflet.says("Delete my answers")

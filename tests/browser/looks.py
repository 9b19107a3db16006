"""Looks at pages with axe, for what somebody could not use."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
#: Those of them that look at colours: axe's category "color".
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SCRIPT = f"if (window === top) {{ {Axe().axe_script} }}"
#: Colours are told to axe as text, a few dozen texts many thousand times. It makes sense of each
#: anew, which is a third of its work: here it remembers.
REMEMBERS = """() => {
  const {prototype} = axe.commons.color.Color, known = new Map();
  const {parseString} = prototype;
  prototype.parseString = function (text) {
    if (!known.has(text)) {
      parseString.call(this, text);
      const {r, g, b, alpha} = this;
      known.set(text, {r, g, b, alpha});
    }
    return Object.assign(this, known.get(text));
  };
}"""
#: The font has come, and what scripts show.
AT_REST = """() => document.fonts.status === "loaded"
  && !document.querySelector("[data-comfort][hidden], [data-visit][hidden]")"""
#: What is there, what is seen of it, and where.
PLACES = """() => [...document.querySelectorAll("*")].map(one => {
  const {x, y, width, height} = one.getBoundingClientRect();
  return [one.localName, one.checkVisibility(), x, y, width, height].join(" ");
}).join()"""


class Looks:
    """Axe is half a megabyte: sent once, and there already on later pages in the same window."""

    def __init__(self) -> None:
        self._knowing: set[Page] = set()

    def at(self, page: Page, rules: dict[str, Any] = RULES) -> None:
        # No preload: axe would ask for imported stylesheets at a wrong address, and needs none.
        options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
        if page not in self._knowing:
            page.evaluate(SCRIPT)
            page.add_init_script(SCRIPT)
            self._knowing.add(page)
        page.evaluate(REMEMBERS)
        found_by_axe = "options => axe.run(document, options).then(told => told.violations)"
        violations = page.evaluate(found_by_axe, options)
        found = [
            f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:200]}"
            for violation in violations
            for node in violation["nodes"]
        ]
        assert not found, f"axe on {page.url}:\n" + "\n".join(found)

    def by_day_and_night(self, page: Page) -> None:
        """In the dark only by the rules about colours: all things are where they were, so the
        other rules would find what they found."""
        page.emulate_media(color_scheme="light")
        page.wait_for_function(AT_REST)
        self.at(page)
        by_day = page.evaluate(PLACES)
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(PLACES) == by_day, f"{page.url}: dark is more than other colours"
        self.at(page, COLOURS)
        page.emulate_media(color_scheme="light")

"""The style guide: every block in every state, for all, and never on an owner's site."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from config.styleguide.samples import REVIEWS
from library.blocks import BodyBlock


@pytest.mark.parametrize("width", [320, 1280])
def test_every_piece_in_every_state_can_be_used_by_all(
    open_page: Callable[..., Page],
    axe_by_day_and_night: Callable[[Page], None],
    settings: Any,
    width: int,
) -> None:
    settings.DEBUG = True
    page = open_page(viewport={"width": width, "height": 800})
    page.goto("/styleguide/")
    axe_by_day_and_night(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_each_state_of_a_review(page: Page, axe: Callable[[Page], None], settings: Any) -> None:
    settings.DEBUG = True
    headings = set()
    for state in REVIEWS:
        page.goto(f"/styleguide/?review={state}")
        axe(page)
        headings.add(page.locator("#review").inner_text())
    assert len(headings) == len(REVIEWS)


def test_no_block_is_missing(page: Page, settings: Any) -> None:
    # Given the templates of all blocks, each with a class of its own
    settings.DEBUG = True
    page.goto("/styleguide/")
    own = {"care_card": "care", "stop_card": "stop", "figure": "picture"}
    # Then each of them is there
    for name in BodyBlock().child_blocks:
        piece = f".piece.{own.get(name, name.replace('_', '-'))}"
        assert page.locator(piece).count(), name
    for level in ("emergency", "urgent", "soon", "self_care"):
        assert page.locator(f'.care[data-level="{level}"]').count() >= 2, level
    assert page.locator(".has-error").count() >= 2


def test_an_owner_s_public_never_sees_it(page: Page) -> None:
    response = page.goto("/styleguide/")
    assert response is not None
    assert response.status == 404

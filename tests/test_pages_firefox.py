"""Marks of a chapter and the overview in Firefox. Skipped where it is not installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.firefox import FIREFOX, Firefox, firefox
from tests.themes import Pages

pytestmark = pytest.mark.skipif(FIREFOX is None, reason="Firefox is not installed")

STYLE = (
    "const style = (selector, pseudo) =>"
    " getComputedStyle(document.querySelector(selector), pseudo);"
)
BOX = "const box = (selector) => document.querySelector(selector).getBoundingClientRect();"
CLEAR = "rgba(0, 0, 0, 0)"


@pytest.fixture(scope="module")
def pages(theme_build: Callable[[str], Pages]) -> Pages:
    return theme_build("furo")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("profile") / "two") as browser:
        yield browser


def test_a_mark_has_its_tag_in_the_margin_and_its_bar_beside_the_passage(
    browser: Firefox, pages: Pages
) -> None:
    browser.go(pages.url("harbour.html"))
    browser.until("document.querySelector('.rg-toggle')")
    found = browser.run(
        f"{STYLE}{BOX}"
        "const bar = style('.revguide-flagged', '::before'), tag = box('.revguide-mark b');"
        "const text = box('.revguide-flagged'), table = box('.revguide-flagged table');"
        "return [bar.position, bar.width, bar.backgroundColor, tag.height >= 24,"
        "tag.right <= text.left, text.top <= table.top && table.bottom <= text.bottom]"
    )
    assert found == ["absolute", "3px", "rgb(232, 147, 12)", True, True, True]


def test_a_mark_opens_by_keyboard_and_by_its_link(browser: Firefox, pages: Pages) -> None:
    browser.go(pages.url("harbour.html"))
    browser.run("document.querySelector('.revguide-mark > summary').focus()")
    browser.press("\ue007")  # Enter
    browser.until("document.querySelector('.revguide-mark').open")
    panel = "document.querySelector('.revguide-mark > div')"
    assert browser.run(f"return {panel}.checkVisibility()")
    assert "Readiness checklist" in browser.run(f"return {panel}.textContent")
    browser.run("document.querySelector('.revguide-mark').open = false")
    browser.run("document.querySelector('.revguide-marks-bar a').click()")
    browser.until("document.querySelector('.revguide-mark').open")
    browser.until("document.querySelector(':target').getBoundingClientRect().top >= 0")


def test_marks_are_hidden_on_all_pages_and_come_back(browser: Firefox, pages: Pages) -> None:
    browser.go(pages.url("harbour.html"))
    shown = "return document.querySelector('.revguide-mark').checkVisibility()"
    assert browser.run(shown)
    browser.run("document.querySelector('.rg-toggle').click()")
    assert not browser.run(shown)
    browser.go(pages.url("harbour.html"))
    assert not browser.run(shown)
    browser.run("document.querySelector('.rg-toggle').click()")
    assert browser.run(shown)


def test_the_overview_has_colours_and_its_numbers(browser: Firefox, pages: Pages) -> None:
    browser.go(pages.url("index.html"))
    heat, plain, rings, legend = browser.run(
        f"{STYLE} return [style('[class*=revguide-heat-]').backgroundColor,"
        "style('.revguide-guides td').backgroundColor,"
        "[...document.querySelectorAll('.rg-bars rect')].map(one => getComputedStyle(one).fill),"
        "style('.rg-legend > li', '::before').backgroundColor]"
    )
    assert heat not in {CLEAR, plain}
    assert legend != CLEAR
    assert rings
    assert len(set(rings)) > 1
    # A shape whose colour is not understood is black.
    assert "rgb(0, 0, 0)" not in rings
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")


def test_the_table_of_guides_sorts(browser: Firefox, pages: Pages) -> None:
    browser.go(pages.url("index.html"))
    browser.until("document.querySelector('.revguide-guides .rg-sort')")
    browser.run("document.querySelector('.revguide-guides .rg-sort').click()")
    browser.until("document.querySelector('.revguide-guides th[aria-sort=ascending]')")

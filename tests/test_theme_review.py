"""The review's controls and bar look and work alike in every theme, on wide pages and phones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from sphinxext_revguide.render import assets
from tests.themes import DARK, Pages, needs_browser

pytestmark = needs_browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
MEASURED = """() => {
    const bar = document.querySelector(".rg-review-bar"), top = bar.getBoundingClientRect().top;
    const style = (selector, ...names) => {
        const found = getComputedStyle(document.querySelector(selector));
        return names.map((name) => found[name]);
    };
    const shown = [...bar.children].filter((one) => one.checkVisibility());
    const seen = (one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    };
    const all = (selector) => [...document.querySelectorAll(selector)];
    const buttons = all(".rg-review-bar button, .rg-review label.rg-button");
    const focusable = ":is(a[href], button, input, textarea)";
    const covered = all(`[data-issue] ${focusable}, main ${focusable}, .body ${focusable}`)
        .filter((one) => {
            if (bar.contains(one) || !one.checkVisibility() || one.tabIndex < 0) return false;
            one.focus();
            return document.activeElement === one && one.getBoundingClientRect().bottom > top + 1;
        });
    return {
        bar: style(".rg-review-bar", "position", "bottom", "fontSize", "borderTopWidth"),
        foot: Math.round(innerHeight - bar.getBoundingClientRect().bottom),
        hidden: shown.filter((one) => !seen(one)).map((one) => one.outerHTML),
        small: buttons.filter((one) => one.checkVisibility() && one.offsetHeight < 24).length,
        covered: covered.map((one) => one.outerHTML.slice(0, 80)),
        legend: style(".rg-review legend", "float", "borderBottomWidth", "paddingTop"),
        fieldset: style(".rg-review", "borderTopWidth", "borderLeftWidth", "minWidth"),
        field: style(".rg-review textarea", "borderTopWidth", "borderTopLeftRadius", "boxShadow"),
        radio: style(".rg-review [type=radio]", "position", "opacity"),
    };
}"""
EXPECTED = {
    "bar": ["fixed", "0px", "16px", "1px"],
    "foot": 0,
    "hidden": [],
    "small": 0,
    "covered": [],
    "legend": ["inline-start", "0px", "0px"],
    "fieldset": ["1px", "0px", "0px"],
    "field": ["1px", "6px", "none"],
    "radio": ["absolute", "0"],
}


def visit(browser: Browser, pages: Pages, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(pages.url())
    page.add_style_tag(
        content="* { transition: none !important; scroll-behavior: auto !important }"
    )
    page.wait_for_function("document.querySelectorAll('.rg-review').length === 3")
    return page


def faults(page: Page) -> list[Any]:
    page.evaluate(AXE)
    found: list[Any] = page.evaluate(
        "axe.run({ include: [['.rg-review'], ['.rg-review-bar'], ['dialog']].filter((one) =>"
        " document.querySelector(one[0])) }, { resultTypes: ['violations'] }).then((result) =>"
        " result.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
    )
    return found


def test_a_reader_loads_little_of_the_review() -> None:
    """The rest comes with the first decision."""
    static = Path(assets.__file__).parent / "static"
    sizes = [(static / f"revguide-review.{kind}").stat().st_size for kind in ("js", "css")]
    assert sum(sizes) <= 12 * 1024


@pytest.mark.parametrize("width", [390, 1300])
def test_the_review_in_a_theme(browser: Browser, themed: Pages, width: int) -> None:
    page = visit(browser, themed, width)
    assert page.evaluate(MEASURED) == EXPECTED
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Options").click()
    dialog = page.locator("dialog.rg-ask")
    dialog.wait_for()
    page.wait_for_timeout(200)
    assert faults(page) == []
    if themed.theme in DARK:
        page.evaluate(DARK[themed.theme])
        assert faults(page) == []
    box = dialog.bounding_box()
    assert box is not None
    assert box["width"] <= width
    page.close()


@pytest.mark.parametrize("width", [390, 1300])
def test_a_long_word_in_a_comment_stays_in_its_card(
    browser: Browser, themed: Pages, width: int
) -> None:
    page = visit(browser, themed, width)
    field = page.locator(".rg-review textarea").first
    field.fill("https://example.org/" + "harbour" * 40)
    right = "one => one.getBoundingClientRect().right"
    assert field.evaluate(right) <= page.locator(".rg-review").first.evaluate(right)
    page.close()

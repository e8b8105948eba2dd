"""Marks look the same in every theme: computed values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import needs
from tests.themes import CHROMIUM, DARK, FLAGS, REQUIRED, THEMES, Pages, build

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="Chromium is not installed"
)

OPEN = "for (const one of document.querySelectorAll('details.revguide-mark')) one.open = true"
PROPERTIES = {
    # Where, the pseudo-element, and what its properties are in every theme.
    ".revguide-flagged": ("", {"position": "relative", "padding": "0px", "border": "0px none"}),
    ".revguide-flagged::before": (
        "::before",
        {"position": "absolute", "width": "3px", "background": "rgb(232, 147, 12)"},
    ),
    "details.revguide-mark": ("", {"border": "0px none", "padding": "0px", "margin": "0px"}),
    "details.revguide-mark > summary": ("", {"padding": "0px", "margin": "0px"}),
    "details.revguide-mark > summary > b": (
        "", {"display": "grid", "height": "24px", "min-width": "24px", "border-radius": "5px"},
    ),
    "details.revguide-mark > div": ("", {"border-radius": "8px", "display": "block"}),
    ".rg-foot": ("", {"display": "flex"}),
    ".rg-foot > ul": ("", {"list-style": "none", "padding": "0px", "margin": "0px"}),
    ".revguide-marks-bar": ("", {"display": "flex", "border-radius": "8px"}),
    ".revguide-marks-bar p": ("", {"margin": "0px"}),
    ".revguide-marks-bar label": ("", {"display": "flex", "min-height": "24px", "margin": "0px"}),
    ".revguide-locked-passage": ("", {"border-inline-start-style": "double"}),
}  # fmt: skip
READ = """([selector, pseudo, names]) => {
    const node = document.querySelector(selector.replace(/::.*/, ''));
    const style = getComputedStyle(node, pseudo || null);
    const side = (name) => style[name + '-top-width'] + ' ' + style[name + '-top-style'];
    return names.map((name) => ({
        border: () => side('border'),
        'border-top': () => side('border'),
        'border-left': () => style['border-left-width'] + ' ' + style['border-left-style'],
        background: () => style.backgroundColor,
        'list-style': () => style.listStyleType,
    }[name] || (() => style.getPropertyValue(name)))());
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module", params=THEMES)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    needs(request.param)
    return build(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    shown = browser.new_page(viewport={"width": 1300, "height": 900})
    yield shown
    shown.close()


def go_to(page: Page, pages: Pages, name: str, width: int = 1300, *, dark: bool = False) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(pages.url(name))
    if dark and pages.theme in DARK:
        page.evaluate(DARK[pages.theme])
        page.wait_for_timeout(300)  # some fade their colours


def computed(page: Page, selector: str, pseudo: str, expected: dict[str, str]) -> dict[str, str]:
    values: list[str] = page.evaluate(READ, [selector, pseudo, list(expected)])
    return dict(zip(expected, values, strict=True))


def box_of(page: Page, selector: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "selector => document.querySelector(selector).getBoundingClientRect().toJSON()", selector
    )
    return found


def test_parts_of_a_mark_look_the_same(page: Page, pages: Pages) -> None:
    go_to(page, pages, "harbour.html")
    page.evaluate(OPEN)
    found = {
        selector: computed(page, selector, pseudo, expected)
        for selector, (pseudo, expected) in PROPERTIES.items()
    }
    assert found == {selector: expected for selector, (_, expected) in PROPERTIES.items()}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_tag_stands_in_the_margin_and_moves_nothing(
    page: Page, pages: Pages, direction: str
) -> None:
    go_to(page, pages, "harbour.html")
    page.evaluate("dir => { document.documentElement.dir = document.body.dir = dir }", direction)
    tag, passage = box_of(page, ".revguide-mark b"), box_of(page, ".revguide-flagged")
    assert (tag["width"], tag["height"]) >= (24, 24)
    if direction == "ltr":
        assert 0 <= tag["left"] < tag["right"] <= passage["left"]
    else:
        assert passage["right"] <= tag["left"] < tag["right"] <= 1300
    table = box_of(page, ".revguide-flagged table")
    assert passage["top"] <= table["top"] < table["bottom"] <= passage["bottom"]
    page.locator(".rg-toggle").uncheck()
    assert box_of(page, ".revguide-flagged") == passage  # without its mark


def test_a_tag_is_a_line_of_its_own_on_a_phone(page: Page, pages: Pages) -> None:
    go_to(page, pages, "harbour.html", 390)
    tag, passage = box_of(page, ".revguide-mark b"), box_of(page, ".revguide-flagged")
    assert passage["left"] <= tag["left"]
    assert tag["bottom"] <= box_of(page, ".revguide-flagged table")["top"]
    page.evaluate(OPEN)
    assert box_of(page, ".revguide-mark > div")["right"] <= 390


@pytest.mark.parametrize("width", [390, 1300])
def test_nothing_covers_the_mark_that_a_link_leads_to(page: Page, pages: Pages, width: int) -> None:
    go_to(page, pages, "harbour.html", width)
    page.get_by_role("link", name="Go to the first").click()
    page.wait_for_timeout(600)
    reached = page.evaluate(
        """() => {
            const box = document.querySelector(':target').getBoundingClientRect();
            const seen = document.elementFromPoint(box.left + 9, box.top + 9);
            return Boolean(seen?.closest(':target'));
        }"""
    )
    assert reached


def test_forced_colours_show_the_bar(browser: Browser, pages: Pages) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(pages.url("harbour.html"))
    back = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    bar = computed(page, ".revguide-flagged", "::before", {"background": "", "display": ""})
    assert bar["background"] not in {back, "rgba(0, 0, 0, 0)"}
    assert bar["display"] != "none"
    context.close()

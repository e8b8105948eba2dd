"""Marks, the overview and what must stay look the same in every theme: computed values."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.themes import DARK, Pages, needs_browser

pytestmark = needs_browser

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
OVERVIEW = {
    ".revguide-guides": {"border": "0px none", "box-shadow": "none", "margin": "0px"},
    ".revguide-guides td": {"border-top": "0px none", "border-left": "0px none"},
    ".revguide-heat": {"border-collapse": "separate", "border-spacing": "3px"},
    ".revguide-heat td": {"border": "0px none", "text-align": "center", "border-radius": "4px"},
    ".revguide-heat tbody th": {"position": "sticky", "text-align": "start"},
    ".rg-legend": {"display": "flex", "padding": "0px", "list-style": "none"},
    ".rg-legend > li": {"display": "flex", "margin": "0px"},
    ".rg-bars": {"display": "block", "border-radius": "5px"},
}
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
CONTRAST = """() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = (...layers) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const one of layers) { canvas.fillStyle = one; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (color) => {
        const [r, g, b] = color.slice(0, 3).map((one) => one / 255)
            .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
        const found = [];
        for (let one = node; one; one = one.parentElement)
            found.unshift(getComputedStyle(one).backgroundColor);
        return ['white', ...found];
    };
    const body = document.querySelector('.revguide-heat tbody');
    return [1, 2, 3, 4, 5].map((step) => {
        const cell = body.rows[0].insertCell();
        cell.className = `revguide-heat-${step}`;
        const back = behind(cell), text = getComputedStyle(cell).color;
        const [low, high] = [light(rgb(...back)), light(rgb(...back, text))].sort((a, b) => a - b);
        cell.remove();
        return [rgb(...back).join(), (high + 0.05) / (low + 0.05)];
    });
}"""
"""The colour of each step of the heat table, and its contrast with the text on it."""


def go_to(page: Page, themed: Pages, name: str, width: int = 1300, *, dark: bool = False) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(themed.url(name))
    if dark and themed.theme in DARK:
        page.evaluate(DARK[themed.theme])
        page.wait_for_timeout(300)  # some fade their colours


def computed(page: Page, selector: str, pseudo: str, expected: dict[str, str]) -> dict[str, str]:
    values: list[str] = page.evaluate(READ, [selector, pseudo, list(expected)])
    return dict(zip(expected, values, strict=True))


def box_of(page: Page, selector: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "selector => document.querySelector(selector).getBoundingClientRect().toJSON()", selector
    )
    return found


def test_parts_of_a_mark_look_the_same(page: Page, themed: Pages) -> None:
    go_to(page, themed, "harbour.html")
    page.evaluate(OPEN)
    found = {
        selector: computed(page, selector, pseudo, expected)
        for selector, (pseudo, expected) in PROPERTIES.items()
    }
    assert found == {selector: expected for selector, (_, expected) in PROPERTIES.items()}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_tag_is_in_the_margin_and_moves_nothing(
    page: Page, themed: Pages, direction: str
) -> None:
    go_to(page, themed, "harbour.html")
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


@pytest.mark.parametrize("width", [390, 800, 1200])
def test_a_tag_is_a_line_of_its_own_without_a_margin(page: Page, themed: Pages, width: int) -> None:
    go_to(page, themed, "harbour.html", width)
    tag, passage = box_of(page, ".revguide-mark b"), box_of(page, ".revguide-flagged")
    assert passage["left"] <= tag["left"]
    assert tag["bottom"] <= box_of(page, ".revguide-flagged table")["top"]
    page.evaluate(OPEN)
    assert box_of(page, ".revguide-mark > div")["right"] <= width


def test_a_long_word_stays_in_a_mark(page: Page, themed: Pages) -> None:
    go_to(page, themed, "harbour.html", 390)
    page.evaluate(OPEN)
    page.evaluate(
        """() => {
            const word = 'harbour'.repeat(20), link = document.querySelector('.rg-foot li a');
            link.append(word);
            link.insertAdjacentHTML('beforeend', `<span class="rg-quiet">${word}</span>`);
            for (const place of ['.revguide-marks-bar a', '.revguide-locked-passage > .rg-i'])
                document.querySelector(place).append(word);
        }"""
    )
    for part in (".rg-foot li a", ".rg-foot .rg-quiet", ".revguide-marks-bar a"):
        assert box_of(page, part)["right"] <= 390
    label = page.locator(".revguide-locked-passage > .rg-i")
    assert label.evaluate("one => one.scrollWidth - one.clientWidth") <= 0


def test_a_long_title_of_a_guide_stays_in_the_bar(page: Page, themed: Pages) -> None:
    go_to(page, themed, "harbour.html", 390)
    link = ".revguide-marks-bar a[title], .revguide-marks-bar a:last-of-type"
    page.evaluate("at => document.querySelector(at).append(' of the harbour'.repeat(9))", link)
    bar = box_of(page, ".revguide-marks-bar")
    for part in (link, ".revguide-marks-bar p", ".revguide-marks-bar a"):
        assert box_of(page, part)["right"] <= bar["right"]


@pytest.mark.parametrize("width", [390, 1300])
def test_nothing_covers_the_mark_that_a_link_leads_to(
    page: Page, themed: Pages, width: int
) -> None:
    go_to(page, themed, "harbour.html", width)
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


def test_forced_colours_show_the_bar(browser: Browser, themed: Pages) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(themed.url("harbour.html"))
    back = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    bar = computed(page, ".revguide-flagged", "::before", {"background": "", "display": ""})
    assert bar["background"] not in {back, "rgba(0, 0, 0, 0)"}
    assert bar["display"] != "none"
    context.close()


def test_parts_of_the_overview_look_the_same(page: Page, themed: Pages) -> None:
    go_to(page, themed, "index.html")
    found = {
        selector: computed(page, selector, "", expected) for selector, expected in OVERVIEW.items()
    }
    assert found == OVERVIEW


@pytest.mark.parametrize("dark", [False, True])
def test_five_steps_can_be_told_apart_and_read(page: Page, themed: Pages, dark: bool) -> None:
    go_to(page, themed, "index.html", dark=dark)
    steps = page.evaluate(CONTRAST)
    assert len({color for color, _ in steps}) == 5
    assert min(contrast for _, contrast in steps) >= 4.5


def test_the_overview_scrolls_by_itself_alone(page: Page, themed: Pages) -> None:
    go_to(page, themed, "index.html")
    guides = box_of(page, ".revguide-guides")
    assert guides["left"] >= 0
    assert guides["right"] <= 1300
    region = page.locator(".revguide-scroll:has(.revguide-heat)")
    assert region.get_attribute("tabindex") == "0"
    assert region.get_attribute("aria-label") == "Findings by chapter"
    # Many patterns: the region scrolls, and its first column stays.
    page.evaluate("""() => {
        for (const row of document.querySelectorAll('.revguide-heat tr'))
            for (let n = 0; n < 30; n++) row.append(row.lastElementChild.cloneNode(true));
        document.querySelector('.revguide-scroll:has(.revguide-heat)').scrollLeft = 400;
    }""")
    around = box_of(page, ".revguide-scroll:has(.revguide-heat)")
    assert around["right"] <= 1300
    assert box_of(page, ".revguide-heat tbody th")["left"] == pytest.approx(around["left"], abs=2)


def test_a_pointer_on_a_row_leaves_its_colours(page: Page, themed: Pages) -> None:
    go_to(page, themed, "index.html")
    cell = page.locator(".revguide-heat-1").first
    colour = "one => getComputedStyle(one).backgroundColor"
    before = cell.evaluate(colour)
    cell.hover()
    assert cell.evaluate(colour) == before


def test_on_a_phone_chapters_name_what_is_found_in_them(page: Page, themed: Pages) -> None:
    go_to(page, themed, "index.html", 390)
    guides = box_of(page, ".revguide-guides")
    assert guides["left"] >= 0
    assert guides["right"] <= 390
    shown = page.evaluate("""() => {
        const row = document.querySelector('.revguide-heat tbody').rows[0];
        row.insertCell().className = 'rg-quiet';
        for (let n = 0; n < 9; n++) row.append(row.cells[1].cloneNode(true));
        row.cells[0].firstElementChild.append(' W' + 'o'.repeat(90) + 'rd');
        return [...row.cells].filter(cell => cell.checkVisibility()).map(cell => [
            getComputedStyle(cell, '::before').content, cell.getBoundingClientRect().right <= 390]);
    }""")
    assert ['"Readiness checklist "', True] in shown
    assert all(fits for _name, fits in shown)
    assert len(shown) == len([name for name, _fits in shown if name != "none"]) + 1

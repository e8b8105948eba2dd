"""Guides and cards look and behave the same in every theme: computed values, not pictures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.themes import DARK, Pages, needs_browser

pytestmark = needs_browser

SAME = {
    ".revguide-card": {"border-left-width": "1px", "border-top-width": "0px"},
    ".revguide-title": {"border-top-width": "1px", "border-bottom-width": "0px"},
    ".rg-facts": {"display": "flex", "padding-top": "0px"},
    ".revguide-card .rg-status": {"border-top-width": "1px", "white-space": "nowrap"},
    ".rg-tag": {"border-top-width": "0px"},
    ".rg-places": {"border-top-width": "1px", "padding-left": "0px", "box-shadow": "none"},
    ".rg-places > summary": {"list-style-type": "disc", "border-top-width": "0px"},
    ".rg-more > summary": {"padding-left": "0px", "background-color": "rgba(0, 0, 0, 0)"},
    ".revguide-before": {
        "padding-left": "0px", "border-top-width": "1px", "border-left-width": "3px",
        "box-shadow": "none", "margin-top": "0px",
    },
    ".rg-samples": {"display": "grid", "margin-top": "0px", "overflow": "visible"},
    ".revguide-sample > p:first-child": {
        "background-color": "rgba(0, 0, 0, 0)", "border-top-width": "0px",
    },
    ".rg-tab[aria-selected=false]": {"text-transform": "none", "box-shadow": "none"},
    ".rg-filter": {"display": "flex", "padding-left": "0px", "border-top-width": "0px"},
    ".rg-in": {"border-top-width": "1px", "margin-top": "0px"},
    ".rg-in > select": {"border-top-width": "0px", "box-shadow": "none"},
    "dl.rg-summary": {"display": "flex", "border-top-width": "1px", "padding-left": "0px"},
    "dl.rg-summary dt": {"font-weight": "400", "padding-left": "0px", "border-left-width": "0px"},
    "dl.rg-summary dd": {"margin-left": "0px", "padding-left": "0px"},
    "table.revguide-issues": {"border-top-width": "0px", "box-shadow": "none"},
    ".revguide-issues td": {"border-left-width": "0px", "border-right-width": "0px"},
    ".rg-rows": {"list-style-type": "none", "padding-top": "0px"},
    ".rg-call": {"border-top-width": "1px", "display": "flex"},
}  # fmt: skip
"""Selector -> the values that its first element has in every theme, width and mode."""

BOXLESS = """() => {
    const hidden = [...document.querySelectorAll('.revguide-sample[hidden]')];
    return hidden.filter(one => one.checkVisibility({contentVisibilityAuto: false})
        && one.getBoundingClientRect().height > 0).length;
}"""
CUT = """() => {
    const all = selector => [...document.querySelectorAll(selector)]
        .filter(one => one.checkVisibility());
    const size = one => parseFloat(getComputedStyle(one).fontSize);
    return [
        ...all('dl.rg-summary > div, .rg-button').filter(one => one.scrollWidth > one.clientWidth),
        ...all('.rg-in > *').filter(one => one.offsetHeight > one.parentElement.clientHeight),
        // A short word and the arrow.
        ...all('.rg-in > select').filter(one => one.clientWidth < 3.9 * size(one)),
    ].map(one => one.textContent);
}"""
"""Labels that their boxes cut."""
STOPS = """() => [...document.querySelectorAll(
    '.revguide-pair :is(a[href],button,input,select,textarea,summary,[tabindex="0"])')]
    .filter(one => one.closest('[hidden]')).length"""
"""What takes no focus, since browsers skip what is hidden: counted to know that some is there."""
FOCUSED = """() => !document.activeElement?.closest('.revguide-sample[hidden]')"""


def open_guide(browser: Browser, pages: Pages, width: int, *, dark: bool) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(pages.url())
    if dark:
        page.evaluate(DARK[pages.theme])
    page.evaluate("document.querySelectorAll('[data-issue]').forEach(window.revguide.arrive)")
    page.wait_for_selector(".rg-tab")
    return page


@pytest.mark.parametrize("width", [1300, 900, 390])
def test_components_have_the_same_values(browser: Browser, themed: Pages, width: int) -> None:
    for dark in (False, True) if themed.theme in DARK else (False,):
        page = open_guide(browser, themed, width, dark=dark)
        wrong = page.evaluate(
            """wanted => Object.entries(wanted).flatMap(([selector, values]) => {
                const node = document.querySelector(selector);
                if (!node) return [`${selector} is not there`];
                const style = getComputedStyle(node);
                return Object.entries(values)
                    .filter(([name, value]) => style.getPropertyValue(name) !== value)
                    .map(([name]) => `${selector} ${name}: ${style.getPropertyValue(name)}`);
            })""",
            SAME,
        )
        assert wrong == [], f"dark: {dark}"
        assert page.evaluate(BOXLESS) == 0
        assert page.evaluate(CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 3
        page.close()


def test_no_header_covers_the_card_that_a_link_leads_to(browser: Browser, themed: Pages) -> None:
    page = open_guide(browser, themed, 1300, dark=False)
    # Many pages, or one with a long title, make a header of several lines.
    page.add_style_tag(
        content=".bd-header, .md-header, .bd-header__inner {min-height: 9rem !important}"
    )
    page.evaluate("location.hash = 'revision-issue-g-2'")
    page.wait_for_timeout(500)
    seen = page.evaluate(
        """() => {
            const title = document.querySelectorAll('.revguide-title')[1];
            const { left, top } = title.getBoundingClientRect();
            return title.contains(document.elementFromPoint(left + 20, top + 4));
        }"""
    )
    assert seen
    page.close()


def test_a_hidden_sample_takes_no_focus(browser: Browser, themed: Pages) -> None:
    page = open_guide(browser, themed, 1300, dark=False)
    # The wide table of the third card scrolls by keyboard, once it is shown.
    card = page.locator(".revguide-card").nth(2)
    card.get_by_role("tab", name="After").click()
    assert page.evaluate(STOPS) > 0
    for _stop in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)
    page.close()


def test_the_status_has_a_colour_of_its_own(browser: Browser, themed: Pages) -> None:
    page = open_guide(browser, themed, 1300, dark=False)
    color = "node => getComputedStyle(node).color"
    impact, status = (
        page.locator(f".revguide-card .rg-{name}").first.evaluate(color)
        for name in ("impact", "status")
    )
    assert impact != status
    page.close()


@pytest.mark.parametrize(("width", "screens"), [(1300, 2), (390, 3)])
def test_the_first_card_is_near(browser: Browser, themed: Pages, width: int, screens: int) -> None:
    page = open_guide(browser, themed, width, dark=False)
    top = page.locator(".revguide-title").first.evaluate("one => one.getBoundingClientRect().top")
    assert top <= screens * 900
    page.close()


@pytest.mark.parametrize("width", [1300, 390])
def test_long_words_neither_leave_a_card_nor_widen_the_page(
    browser: Browser, themed: Pages, width: int
) -> None:
    page = open_guide(browser, themed, width, dark=False)
    wide = page.evaluate(
        """() => {
            const code = '<code class="docutils literal"><span class="pre">' + 'a_b'.repeat(40);
            const places = ['.revguide-title', '.revguide-card > p', '.revguide-issues td a'];
            for (const place of places)
                document.querySelector(place).insertAdjacentHTML('beforeend', code);
            const quiet = ['.rg-facts > .rg-tag', '.rg-list .rg-quiet'];
            for (const place of [...places, ...quiet, '.rg-group > summary'])
                document.querySelector(place)?.append('a_b'.repeat(40));
            return [`${places[0]} .pre`, `${places[1]} .pre`, places[2], quiet[0]].filter(place =>
                document.querySelector(place).getBoundingClientRect().right > innerWidth);
        }"""
    )
    assert wide == []
    cut = "one => one.getBoundingClientRect().width - one.parentElement.clientWidth"
    assert page.locator(".revguide-issues").evaluate(cut) < 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width + 3
    page.goto(themed.url("index.html"))
    for hidden in page.locator(".rg-hidden").all():
        assert hidden.evaluate("one => one.getBoundingClientRect().width") <= 1
    page.close()


@pytest.mark.parametrize("width", [610, 640, 720])
def test_the_table_holds_long_words_of_other_languages(
    browser: Browser, themed: Pages, width: int
) -> None:
    page = open_guide(browser, themed, 1300, dark=False)
    over = page.locator(".rg-list").evaluate(
        """(list, width) => {
            list.style.cssText = `width: ${width}px; font-size: 16px`;
            const [row] = list.querySelectorAll('tbody tr');
            row.cells[2].textContent = 'Mittel bis hoch';
            row.cells[3].firstElementChild.textContent = 'Änderungen erbeten';
            row.cells[6].innerHTML = '<td class="rg-kept">Verschwunden</td>';
            return [...list.querySelectorAll('td, th, .rg-status')].filter(one =>
                one.getBoundingClientRect().right > list.getBoundingClientRect().right + 1).length;
        }""",
        width,
    )
    assert over == 0
    page.close()

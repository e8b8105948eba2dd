"""What some readers need, in every theme, as computed values: large text, few colours, no motion,
paper, a keyboard, a finger."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.themes import Pages, needs_browser

pytestmark = needs_browser

SIDEWAYS = {("sphinx_rtd_theme", 320), ("pydata_sphinx_theme", 320), ("alabaster", 320)}
"""Themes whose own header or tables of chapters are wider than so narrow a page."""

OPEN = """() => {
    for (const one of document.querySelectorAll('[data-issue]')) window.revguide?.arrive(one);
    document.querySelector('.rg-tab[value=both]')?.click();
    document.querySelectorAll('.rg-d').forEach(one => { one.open = true });
}"""
# As WCAG 1.4.12 wants it.
SPACING = """
    * { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important }
    p { margin-bottom: 2em !important }
"""
OUTSIDE = """() => {
    const ours = '[class^=rg-], [class*=" rg-"], [class*=revguide-]', found = new Set();
    const scroller = (one) => {
        for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
            if (/auto|scroll/.test(getComputedStyle(up).overflowX)
                && up.scrollWidth > up.clientWidth) return up;
    };
    for (const one of document.querySelectorAll(`:is(${ours}), :is(${ours}) *`)) {
        if (!one.checkVisibility() || one.closest('svg, .rg-hidden, .rg-skip')) continue;
        // The author's own chapter, but for what is put into it.
        if (one.closest('.revguide-flagged') && !one.closest('.revguide-mark')) continue;
        const { left, right, width } = one.getBoundingClientRect(), region = scroller(one);
        const name = `${one.tagName}.${one.className}`;
        if (region && region.tabIndex < 0) found.add(`${name}: scrolls without a keyboard`);
        if (!region && width && (left < -1 || right > innerWidth + 1)) found.add(name);
    }
    return [...found];
}"""
"""Parts of ours that stand out of the page, or scroll where no keyboard reaches them."""

SMALL = """() => [...document.querySelectorAll(
    '.rg-tab, .rg-button, .rg-in, .rg-shown label, .rg-d > summary, .rg-sort, .rg-toggle')]
    .map(one => one.closest('label') || one)
    .filter(one => one.checkVisibility() && !one.closest('.rg-skip'))
    .filter(one => Math.min(one.offsetWidth, one.offsetHeight) < 24)
    .map(one => `${one.tagName}.${one.className}: ${one.offsetWidth} × ${one.offsetHeight}`)"""

MOVING = """() => [...document.querySelectorAll('[class*=rg-], [class*=revguide-]')].filter(one => {
    const { transitionDuration, animationDuration } = getComputedStyle(one);
    return `${transitionDuration}, ${animationDuration}`.split(', ')
        .some(time => parseFloat(time) > .01);
}).map(one => one.className)"""

PRINTED = """() => {
    const shown = (selector) => [...document.querySelectorAll(selector)]
        .filter(one => one.checkVisibility({ contentVisibilityAuto: false })
            && one.getBoundingClientRect().height > 0);
    const card = document.querySelector('.revguide-card');
    return {
        samples: shown('.revguide-before, .revguide-after').length,
        decisions: shown('.rg-review label.rg-button').map(one => one.textContent),
        comments: shown('.rg-review textarea').map(one => one.value),
        reasons: shown('.rg-more li').length > 0,
        places: shown('.rg-places .rg-rows > li').length > 0,
        controls: shown('.rg-tab, .rg-filter, .rg-review-bar, .rg-call, .rg-full, .rg-skip').length,
        changes: shown('.revguide-changes').length,
        empty: shown('.revguide-label, .revguide-title, .revguide-card > h3')
            .concat(shown('.revguide-sample > p:first-child'))
            .filter(one => !one.textContent.trim()).length,
    };
}"""


def go_to(page: Page, pages: Pages, name: str = "guide.html") -> None:
    page.goto(pages.url(name))
    if name == "guide.html":
        page.wait_for_function("document.querySelector('.rg-review')")
    page.evaluate(OPEN)


@pytest.mark.parametrize("width", [640, 320], ids=["200 %", "400 %"])
def test_large_and_wide_text_scrolls_in_one_direction(
    browser: Browser, themed: Pages, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    for name in ("guide.html", "harbour.html", "index.html"):
        go_to(page, themed, name)
        for spacing in ("html {}", SPACING):
            page.add_style_tag(content=spacing)
            assert page.evaluate(OUTSIDE) == [], (name, spacing)
            if (themed.theme, width) not in SIDEWAYS:
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()


def test_few_colours_and_no_motion(browser: Browser, themed: Pages) -> None:
    page = browser.new_page(forced_colors="active", reduced_motion="reduce")
    go_to(page, themed)
    tabs: list[list[Any]] = page.evaluate(
        """() => [...document.querySelectorAll('.rg-tab')].map(one => {
            const { outlineStyle, outlineWidth } = getComputedStyle(one);
            return [one.ariaSelected === 'true', outlineStyle === 'solid' && outlineWidth];
        })"""
    )
    assert len(tabs) > 6
    assert all((outline == "2px") == chosen for chosen, outline in tabs)
    icon = "getComputedStyle(document.querySelector('.rg-i'), '::before').backgroundColor"
    assert page.evaluate(icon) == page.evaluate("getComputedStyle(document.body).color")
    assert page.evaluate(MOVING) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.close()


def test_paper_shows_all_and_nothing_to_press(browser: Browser, themed: Pages) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 1100})
    page.goto(themed.url())
    card = page.locator(".revguide-card").first
    card.get_by_role("radio", name="Reject").check()
    card.get_by_role("textbox").fill("No voice.")
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == {
        "samples": 6, "decisions": ["Reject"], "comments": ["No voice."], "reasons": True,
        "places": True, "controls": 0, "changes": 0, "empty": 0,
    }  # fmt: skip
    page.close()


def test_text_from_right_to_left(browser: Browser, themed: Pages) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    page.goto(themed.url())
    page.wait_for_function("document.querySelector('.rg-review')")
    page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
    page.evaluate(OPEN)
    found = page.evaluate(
        """() => {
            const style = getComputedStyle(document.querySelector('.revguide-before'));
            const box = (selector) => document.querySelector(selector).getBoundingClientRect();
            const laps = (parts) => [...parts].some((one, at) => {
                const next = parts[at + 1]?.getBoundingClientRect();
                const here = one.getBoundingClientRect();
                return next && next.top < here.bottom - 1 && next.right > here.left + 1
                    && next.left < here.right - 1;
            });
            return {
                edge: [style.borderRightWidth, style.borderLeftWidth],
                order: box('[data-view=both] .revguide-before').left
                    > box('[data-view=both] .revguide-after').left,
                tabs: box('.rg-tab').left > box('.rg-tab[value=after]').left,
                laps: [...document.querySelectorAll('.rg-facts, .rg-bar, .rg-review, .rg-switch')]
                    .filter(one => laps(one.children)).map(one => one.className),
            };
        }"""
    )
    assert found == {"edge": ["3px", "1px"], "order": True, "tabs": True, "laps": []}
    page.close()


def test_a_keyboard_is_soon_at_the_first_decision(browser: Browser, themed: Pages) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    page.goto(themed.url())
    page.wait_for_function("document.querySelector('.rg-review')")
    # Themes have links of their own to the text.
    page.get_by_role("heading", name="Guide", level=1).evaluate(
        "node => { node.tabIndex = -1; node.focus() }"
    )
    stops = _tabs_until(page, "a.rg-start")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.revguide-title')")
    stops += _tabs_until(page, ".rg-review [type=radio]")
    assert stops <= 12
    assert page.evaluate(SMALL) == []
    page.close()


def _tabs_until(page: Page, selector: str) -> int:
    for stop in range(1, 30):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return stop
    pytest.fail(f"no {selector}")


def test_a_finger_finds_large_fields(browser: Browser, themed: Pages) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    go_to(page, themed)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(':is(.rg-filter, .rg-review) '
            + ':is(input:not([type=checkbox], [type=radio]), select, textarea)')]
            .map(one => parseFloat(getComputedStyle(one).fontSize))"""
    )
    assert len(sizes) > 6
    assert min(sizes) >= 16
    assert page.evaluate(SMALL) == []
    context.close()

"""axe-core finds nothing on our pages, in every theme, width and mode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.themes import DARK, Pages, needs_browser

pytestmark = needs_browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

WAIVED = {
    "alabaster": {
        "color-contrast": ".footer, .footer *",
        "heading-order": ".sphinxsidebar h3",
        "region": ".footer",
    },
    "furo": {
        "landmark-unique": ".sidebar-drawer",
        "region": ".visually-hidden",
    },
    "pydata_sphinx_theme": {},
    "sphinx_book_theme": {"region": ".sidebar-primary-item"},
    "sphinx_rtd_theme": {
        # Links in #2980b9 on nearly white, 4.19 to 1; white on it; grey in the footer; red code.
        "color-contrast": "a, a *, footer, footer *, code *",
        "link-in-text-block": ".reference, footer a",
        "region": "footer",
    },
    "sphinx_immaterial": {
        "aria-dialog-name": ".md-search",
        "color-contrast": ".md-copyright, .md-copyright *",
        "landmark-main-is-top-level": "article",
        "landmark-no-duplicate-main": "main",
        "landmark-unique": "main",
        "link-in-text-block": ".reference, .md-copyright a",
    },
}
"""Faults of the themes themselves: rule and selector. Each is found on a page without us, too."""

WIDTHS = (390, 1300)

OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
BOTH = """() => {
    for (const card of document.querySelectorAll('[data-issue]')) window.revguide.arrive(card);
    document.querySelectorAll('.rg-tab[value=changes]').forEach(one => one.click());
    document.querySelector('.rg-tab[value=both]').click();
    document.querySelectorAll('details').forEach(one => { one.open = true });
}"""
"""Views of changes, then both samples of every pair, and all that is folded."""


def violations(page: Page, theme: str, *rules: str) -> tuple[list[str], set[str]]:
    """Return what axe-core finds, but for what is waived, and the rules waived.

    :param rules: the ids of the rules to run; all without any.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    result: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    assert result["passes"] or result["violations"], "axe-core has looked at nothing"
    failed = [rule["id"] for rule in result["incomplete"] if "error" in rule or "stack" in rule]
    assert failed == [], "axe-core could not run these rules"
    found, waived = [], set()
    for violation in result["violations"]:
        rule = violation["id"]
        selector = WAIVED[theme].get(rule)
        for node in violation["nodes"]:
            target = node["target"][0]
            if selector and page.locator(target).first.evaluate(
                "(node, selector) => node.matches(selector)", selector
            ):
                waived.add(rule)
            else:
                found.append(f"{rule}: {target}: {node['failureSummary']}")
    return found, waived


def open_page(browser: Browser, pages: Pages, name: str, width: int, *, dark: bool) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    # Colours that are on their way from light to dark have a contrast of their own.
    page.emulate_media(reduced_motion="reduce")
    page.goto(pages.url(name))
    # axe-core measures what overlaps what, so all cards must have their final size.
    page.add_style_tag(
        content="* { transition: none !important }"
        ".revguide-card { content-visibility: visible !important }"
    )
    if dark:
        page.evaluate(DARK[pages.theme])
    page.evaluate(AXE)
    return page


def modes(theme: str) -> tuple[bool, ...]:
    return (False, True) if theme in DARK else (False,)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "action"),
    [("index.html", ""), ("harbour.html", OPEN), ("guide.html", ""), ("guide.html", BOTH)],
    ids=["overview", "chapter", "guide", "both"],
)
def test_no_violation(browser: Browser, themed: Pages, name: str, action: str, width: int) -> None:
    for dark in modes(themed.theme):
        page = open_page(browser, themed, name, width, dark=dark)
        page.evaluate(action or "0")
        # Dark differs from light in nothing but its colours.
        found, _ = violations(page, themed.theme, *(("color-contrast",) if dark else ()))
        assert found == [], f"dark: {dark}"
        page.close()


def test_what_is_waived_is_the_fault_of_the_theme(browser: Browser, themed: Pages) -> None:
    seen: set[str] = set()
    for width in WIDTHS:
        page = open_page(browser, themed, "plain.html", width, dark=False)
        found, waived = violations(page, themed.theme)
        assert found == []
        seen |= waived
        page.close()
    assert seen == set(WAIVED[themed.theme])

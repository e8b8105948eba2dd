"""The core of a review in Firefox. Skipped where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.firefox import FIREFOX, Firefox, firefox
from tests.themes import Pages, build

pytestmark = pytest.mark.skipif(FIREFOX is None, reason="Firefox is not installed")

CARD = "document.querySelector(\"div[data-issue='g-%d']\")"
COUNT = "document.querySelector('.rg-review-bar output').textContent"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return build(tmp_path_factory.mktemp("firefox"), "furo")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("profile") / "one") as browser:
        yield browser


def visit(browser: Firefox, pages: Pages, name: str = "guide.html") -> None:
    browser.go(pages.url(name))
    if name == "guide.html":
        browser.until("document.querySelectorAll('.rg-review').length === 3")


def test_a_review_is_kept_undone_and_falsified_by_no_key(browser: Firefox, pages: Pages) -> None:
    visit(browser, pages)
    assert browser.run(f"return {COUNT}") == "0 of 3 reviewed"
    browser.run("document.querySelector('.rg-review-bar .rg-button').click()")
    browser.until("/^H\\d$/.test(document.activeElement.tagName)")
    browser.press(" \ue015\ue014")  # Space, Down, Right
    assert browser.run(f"return {COUNT}") == "0 of 3 reviewed"
    browser.press("1")
    browser.until(f"{COUNT} === '1 of 3 reviewed'")
    browser.press("cYes.")
    browser.until(f"{CARD % 1}.querySelector('textarea').value === 'Yes.'")
    visit(browser, pages)
    browser.until(f"{CARD % 1}.querySelector('[value=accept]').checked")
    assert browser.run(f"return {CARD % 1}.querySelector('textarea').value") == "Yes."
    browser.run(f"{CARD % 1}.querySelector('.rg-plain').click()")
    assert browser.run(f"return {CARD % 1}.querySelector('textarea').value") == ""
    browser.run(f"{CARD % 1}.querySelector('.rg-plain').click()")
    assert browser.run(f"return {COUNT}") == "0 of 3 reviewed"


def test_two_tabs_lose_nothing_of_each_other(browser: Firefox, pages: Pages) -> None:
    visit(browser, pages)
    first = browser.command("WebDriver:GetWindowHandle")["value"]
    second = browser.command("WebDriver:NewWindow", {"type": "tab"})["handle"]
    browser.command("WebDriver:SwitchToWindow", {"handle": second})
    visit(browser, pages)
    browser.run(f"{CARD % 2}.querySelector('[value=reject]').click()")
    browser.command("WebDriver:SwitchToWindow", {"handle": first})
    browser.run(f"{CARD % 1}.querySelector('[value=accept]').click()")
    browser.until(f"{COUNT} === '2 of 3 reviewed'")
    visit(browser, pages)
    browser.until(f"{COUNT} === '2 of 3 reviewed'")
    browser.command("WebDriver:SwitchToWindow", {"handle": second})
    browser.until(f"{COUNT} === '2 of 3 reviewed'")
    browser.command("WebDriver:CloseWindow")
    browser.command("WebDriver:SwitchToWindow", {"handle": first})


def test_the_bar_is_at_the_foot_and_covers_nothing_that_has_the_focus(
    browser: Firefox, pages: Pages
) -> None:
    visit(browser, pages)
    covered = browser.run(
        "document.documentElement.style.scrollBehavior = 'auto';"
        "const top = document.querySelector('.rg-review-bar').getBoundingClientRect().top;"
        "return [...document.querySelectorAll('.rg-review :is(input, textarea)')].filter((one) => {"
        "one.focus(); return one.getBoundingClientRect().bottom > top + 1 }).length"
    )
    assert covered == 0


def test_a_comment_on_words_of_a_chapter(browser: Firefox, pages: Pages, tmp_path: Path) -> None:
    visit(browser, pages, "harbour.html")
    browser.run("document.querySelector('.revguide-mark').open = true")
    browser.until("document.querySelector('.revguide-mark[data-tools]')")
    browser.run("document.querySelector('.revguide-mark [id^=revguide-] ~ .rg-button').click()")
    browser.until("document.activeElement.matches('.rg-comments textarea')")
    browser.press("Why?")
    visit(browser, pages, "harbour.html")
    browser.until("document.querySelector('.rg-comments textarea')?.value === 'Why?'")

"""The pages in a real browser. Skipped, saying so, where Chromium is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import Book, Built

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

WIDE = "| " + " | ".join(f"a rather long heading {n}" for n in range(8)) + " |"
GUIDE = f"""# Guide

```{{revision-guide}} g
```

````{{revision-issue}} One
:impact: critical
:reduction: 40-50%

Problem.

```{{before-after}}
:before: The words of the draft
:after: The words of the revision

{WIDE}
{"|---" * 8}|
{WIDE}

+++

The sample that is hidden at first.
```

Reason.
````
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["alabaster", "furo", "sphinx_book_theme"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    book = Book(tmp_path_factory.mktemp("browser"))
    (book.srcdir / "index.md").write_text(GUIDE, encoding="utf-8")
    return book.build(html_theme=request.param)


def url(pages: Built) -> str:
    return (Path(pages.outdir) / "index.html").as_uri()


@pytest.mark.parametrize("width", [1300, 390])
def test_no_page_scrolls_sideways(browser: Browser, pages: Built, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(url(pages))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_tabs_switch_and_print_shows_both(browser: Browser, pages: Built) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(url(pages))
    hidden = page.get_by_text("The sample that is hidden at first.")
    assert not hidden.is_visible()
    page.emulate_media(media="print")
    assert hidden.is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("tab", name="After: The words of the revision").click()
    assert hidden.is_visible()
    page.close()


def test_the_card_has_its_anchor(browser: Browser, pages: Built) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(f"{url(pages)}#revision-issue-g-1")
    assert page.locator("#revision-issue-g-1 > h2").inner_text().startswith("Issue 1: One")
    assert page.locator(".revguide-impact-critical").inner_text() == "critical"
    page.close()
